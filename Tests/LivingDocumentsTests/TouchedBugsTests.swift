import AuditModel
import Testing

@testable import LivingDocuments

/// Entries of bugs that a person or a formatter has touched.
struct TouchedBugsTests {
    private func run(_ night: Int, _ before: Int?, repaired: Int? = nil) -> Run {
        SampleRuns.run(
            night,
            [.init(id: "a", before: before, repaired: repaired, users: ["ann", "bob"])],
            mode: repaired == nil ? .audit : .fix
        )
    }

    private static let start = "# Bugs 🐛\n\n## BUG-1: Another\n\nby hand\n"

    /// The document after a first night, changed by somebody.
    private func document(_ change: (String) -> String) throws -> Document {
        let first = try Document(Self.start).bugs(run(0, 7))
        let text = change(first.text)
        #expect(text != first.text, "nothing was changed in \(first.text)")
        return try Document(text)
    }

    private func marks(_ document: Document) -> [String] {
        document.text.split(separator: "\n").filter { $0.contains("**Status:**") }.compactMap { line in
            ["OPEN", "RESOLVED", "REGRESSED", "MOVED", "fix"].first { line.contains($0) }
        }
    }

    /// What formatters do.
    static let formatters: [@Sendable (String) -> String] = [
        {
            $0.replacing(
                "| User | Violations |\n| --- | ---: |",
                with: "| User   | Violations |\n| ------ | ---------: |"
            )
        },
        { $0.replacing("**Status:**", with: "__Status:__").replacing("\n- ", with: "\n* ") },
        { $0.replacing("Not Configured where", with: "Not Configured\nwhere") },
        { $0.replacing("wrote one table only.", with: "wrote one table only\\.") },
        { $0.replacing("\n- History", with: "\n\n- History") },
        { $0.replacing("-->\n\n## ", with: "-->\n## ") },
        { $0.replacing("\n- Violations: ", with: "\n\nViolations: ").replacing("\n- History: ", with: "\nHistory: ") },
    ]

    @Test("F2: what a formatter did counts for nothing", arguments: formatters.indices)
    func formatted(index: Int) throws {
        var document = try document(Self.formatters[index])
        #expect(Outline(document).entries.first?.isUntouched == true)
        let formatted = document
        #expect(try document.bugs(run(1, 7)) == formatted)
        document = try document.bugs(run(2, 9)).bugs(run(3, 9, repaired: 9))
        #expect(Outline(document).entries.count == 1)
        #expect(document.text.contains("✅ RESOLVED") && !document.text.contains("OPEN"))
        #expect(document.removingEntries().text == Self.start)
    }

    @Test("F2: a cause that a person wrote stays, and the fields go on")
    func cause() throws {
        let note = "**Root cause:** Ann found that registration skipped it."
        var document = try document {
            $0.replacing("**Root cause:** Registering a channel wrote one table only.", with: note)
                .replacing("\n**Evidence", with: "\nAnn told both *users* on Monday.\n\n**Evidence")
                .replacing("| bob | 3 |\n", with: "| bob | 3 |\n\nSee also BUG-1.\n")
        }
        for (night, before, repaired, status) in [
            (1, 9, nil, "OPEN"), (2, 9, 4, "OPEN"), (3, 5, 5, "RESOLVED"), (4, 2, nil, "REGRESSED"),
            (5, 0, nil, "RESOLVED"),
        ] as [(Int, Int, Int?, String)] {
            document = try document.bugs(run(night, before, repaired: repaired))
            #expect(marks(document) == [status], "\(document.text)")
            #expect(try document.bugs(run(night, before, repaired: repaired)) == document)
            for text in [note, "\n\nAnn told both *users* on Monday.\n\n**Evidence", "\n\nSee also BUG-1.\n\n<!--"] {
                #expect(document.text.contains(text), "\(text) in \(document.text)")
            }
            #expect(document.text.contains("run [`\(run(night, 0).id)`]"), "\(document.text)")
            #expect(Outline(document).entries.count == 1)
        }
        #expect(!document.text.contains("wrote one table only"))
        #expect(document.text.hasPrefix("# Bugs") && document.text.hasSuffix("## BUG-1: Another\n\nby hand\n"))
    }

    @Test("F2: a part that a person removed stays away")
    func removed() throws {
        let table = "| User | Violations |\n| --- | ---: |\n| ann | 4 |\n| bob | 3 |\n\n"
        let document = try document {
            $0.replacing(table, with: "").replacing("**Symptom:**", with: "Hm. **Symptom:**")
        }
        let next = try document.bugs(run(1, 9)).bugs(run(2, 8))
        #expect(!next.text.contains("| User |") && next.text.contains("Violations: 8 for 2 users, down from 9"))
        #expect(marks(next) == ["OPEN"])
    }

    @Test("F2: an entry whose fields a person changed is closed with a line, and told")
    func changedField() throws {
        let edited = try document { $0.replacing("- Violations: 7", with: "- Violations: seven or 8, says Ann,") }
        #expect(try edited.bugs(run(1, 7)) == edited)
        let next = try edited.bugs(run(2, 9))
        #expect(marks(next).sorted() == ["MOVED", "OPEN"], "\(next.text)")
        #expect(next.text.contains("says Ann"))
        #expect(next.text.contains("**Goes on in** the other entry of the check `a`, from 2026-11-25 on."))
        #expect(next.text.contains("opened [2026-11-23]"), "the history goes on")
        let notices = DocumentChange(path: "BUGS.md", old: edited.bytes, new: next.bytes).notices
        #expect(notices.count == 1 && notices[0].contains("changed by hand"), "\(notices)")
        let last = try next.bugs(run(3, 9)).bugs(run(4, 0))
        #expect(marks(last).sorted() == ["MOVED", "RESOLVED"], "\(last.text)")
        #expect(Outline(last).entries.count == 2)
    }

    @Test(
        "F2: a status that a person set stays, and is told once",
        arguments: ["won't fix", "✅ RESOLVED", "by design"]
    )
    func statusByHand(status: String) throws {
        let edited = try document { $0.replacing("🔴 OPEN ·", with: "\(status) (Ann) ·") }
        let told = try edited.bugs(run(1, 7))
        let notices = DocumentChange(path: "BUGS.md", old: edited.bytes, new: told.bytes).notices
        #expect(notices.count == 1 && notices[0].contains("set by hand"), "\(notices)")
        #expect(
            Outline(told).entries.map { told.bytes[$0.body] } == Outline(edited).entries.map { edited.bytes[$0.body] }
        )
        #expect(try told.bugs(run(2, 7)) == told)
        let more = try told.bugs(run(3, 9))
        #expect(more.text.contains("**Status:** \(status) (Ann) ·") && more.text.contains("Violations: 9 for 2 users"))
        #expect(DocumentChange(path: "BUGS.md", old: told.bytes, new: more.bytes).notices == [])
        #expect(Outline(more).entries.count == 1)
        let back = try more.bugs(run(4, 0)).bugs(run(5, 3))
        #expect(
            back.text.contains(status.contains("RES") ? "🔁 REGRESSED (Ann) ·" : "\(status) (Ann) ·"),
            "\(back.text)"
        )
    }

    @Test("F2: words beside a status stay, and the status follows")
    func wordsBesideTheStatus() throws {
        let edited = try document { $0.replacing("🔴 OPEN ·", with: "⏳ In progress (Ann) ·") }
        #expect(try edited.bugs(run(1, 7)) == edited)
        #expect(try edited.bugs(run(2, 0)).text.contains("**Status:** ✅ Resolved (Ann) ·"))
    }

    @Test("F2: a heading in a person's words stays, with its status")
    func heading() throws {
        let start =
            "# Bugs\n\n## 2025-11-14 Session 1: ✅ RESOLVED - Mail\n\nx\n\n## 2025-11-13 Session 1: 🔴 OPEN - Post\n\ny\n"
        let first = try Document(start).bugs(run(0, 7))
        #expect(first.text.contains("\n## 2026-11-23: 🔴 OPEN - Trouble with a\n"), "\(first.text)")
        let edited = try Document(first.text.replacing("Trouble with a\n", with: "Channels are silent\n"))
        let next = try edited.bugs(run(1, 0))
        #expect(next.text.contains("\n## 2026-11-23: ✅ RESOLVED - Channels are silent\n"), "\(next.text)")
        #expect(Outline(next).entries.count == 1 && !next.text.contains("Trouble"))
    }

    @Test("F2: an entry under another heading keeps its level")
    func level() throws {
        let next = try document { $0.replacing("## Trouble", with: "#### Trouble") }.bugs(run(1, 9))
        #expect(next.text.contains("\n#### Trouble with a\n"))
    }

    @Test("F2: of two copies one goes on, and the other says so")
    func copies() throws {
        let first = try Document(Self.start).bugs(run(0, 7))
        let entry = try #require(Outline(first).entries.first)
        let copy = String(decoding: first.bytes[entry.range], as: UTF8.self)
        let doubled = try Document(first.text + "\n## Archive\n\n" + copy + "\n")
        let next = try doubled.bugs(run(1, 0))
        #expect(marks(next).sorted() == ["MOVED", "RESOLVED"], "\(next.text)")
        #expect(try next.bugs(run(2, 0)) == next)
    }

    @Test("F2: an entry whose first or last comment is gone leaves no status behind", arguments: ["first", "last"])
    func lostComment(which: String) throws {
        let lost = try document { text in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.filter { !$0.hasPrefix(which == "first" ? "<!-- assay:begin" : "<!-- assay:end") }
                .joined(separator: "\n")
        }
        let next = try lost.bugs(run(1, 0))
        #expect(!marks(next).contains("OPEN"), "\(next.text)")
        #expect(marks(next).contains("RESOLVED"), "\(next.text)")
        #expect(next.text.contains("## BUG-1: Another\n\nby hand\n"))
        #expect(next.text.contains("opened ["))
        #expect(try next.bugs(run(2, 0)) == next)
        let entries = Outline(next).entries.count
        #expect(entries == (which == "last" ? 1 : 2), "\(next.text)")
    }

    @Test("F2: an entry of version 0.1.0 goes on, and one that was edited is closed", arguments: [false, true])
    func oldEntry(isEdited: Bool) throws {
        let old = """
            # Bugs

            <!-- assay:begin run=20261122T031500Z-000000 kind=bug suite=broadcast check=a state=30/2 history=opened:20261122T031500Z-000000 lead=1 digest=6f6cb1a8b6d9 -->
            ## Trouble with a

            **Status:** 🔴 OPEN · **Check:** `a` · **Severity:** error

            - Violations: 30
            - History: opened 2026-11-22

            <!-- assay:end -->

            """
        var text = old
        let begin = try #require(old.firstRange(of: "## Trouble"))
        let end = try #require(old.firstRange(of: "<!-- assay:end"))
        let body = Array(old[begin.lowerBound..<end.lowerBound].utf8).filter { $0 != 0x0A }
        text = text.replacing("6f6cb1a8b6d9", with: Entry.digest(ofBytes: body))
        if isEdited { text = text.replacing("- Violations: 30", with: "- Violations: 30 (!)") }
        let next = try Document(text).bugs(run(0, 30))
        #expect(isEdited || next.text == text)
        let last = try next.bugs(run(1, 0))
        #expect(marks(last).sorted() == (isEdited ? ["MOVED", "RESOLVED"] : ["RESOLVED"]), "\(last.text)")
        #expect(last.text.contains("opened [2026-11-22](../output/runs/20261122T031500Z-000000/index.html#check-a)"))
        #expect(isEdited == last.text.contains("- Violations: 30 (!)"))
    }
}
