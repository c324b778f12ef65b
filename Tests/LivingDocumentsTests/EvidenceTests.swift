import AuditModel
import Testing

@testable import LivingDocuments

struct EvidenceTests {
    private let run = SampleEvidence.run

    private let bugs =
        "# Bugs\n\n## BUG-1: one 🔴 OPEN\n\ntext\n\n---\n\n## BUG-12: twelve\n\n**Status:** Open (Ann)\n\n"
        + "### Notes\n\nmore\n\n## BUG-13: login fails\n"

    @Test func evidenceStandsBelowTheEntry() throws {
        let evidence = try SampleEvidence.attached(bugs, "BUG-12")
        let text = evidence.document.text
        #expect(evidence.block == .added && evidence.line == 9 && evidence.blockLine == 17)
        #expect(text.contains("more\n\n<!-- assay:begin run=\(run.id) kind=evidence "))
        #expect(text.contains("<!-- assay:end -->\n\n## BUG-13"))
        #expect(text.contains("| ann | 4 | 4 | 0 |"))
        #expect(text.contains("`assay undo \(run.id)`"))
        let ruled = try SampleEvidence.attached(bugs, "BUG-1").document.text
        #expect(ruled.contains("text\n\n<!-- assay:begin"))
        #expect(ruled.contains("<!-- assay:end -->\n\n---\n\n## BUG-12"))
    }

    @Test(arguments: ["BUG-1", "twelve", "login"]) func attachingTwiceEqualsOnce(bug: String) throws {
        let once = try SampleEvidence.attached(bugs, bug, status: .unchanged)
        #expect(once.document.removingEntries().text == bugs)
        let twice = try SampleEvidence.attached(once.document.text, bug, status: .unchanged)
        #expect(twice.document == once.document && twice.block == .unchanged && twice.blockLine == once.blockLine)
    }

    /// Who was helped comes before who is still waiting.
    @Test func usersStandByWhatWasRepaired() throws {
        let run = SampleRuns.run(
            0,
            [
                .init(id: "waiting", before: 9, users: ["zoe"]),
                .init(id: "mended", before: 3, repaired: 3, users: ["ann", "bob", "ann"]),
            ],
            mode: .fix
        )
        let text = try SampleEvidence.attached(bugs, "BUG-1", status: .unchanged, run: run).document.text
        let users = text.split(separator: "\n").filter { $0.contains(" | ") && $0.contains(/[0-9]/) }
        #expect(users == ["| ann | 2 | 2 | 0 |", "| bob | 1 | 1 | 0 |", "| zoe | 9 | 0 | 9 |"])
        let progress = try Document("").progress(run).text
        #expect(
            try #require(progress.firstRange(of: "| zoe |")).lowerBound < progress.firstRange(of: "| ann |")?.lowerBound
                ?? progress.startIndex
        )
    }

    @Test func anotherRunStandsBelow() throws {
        let later = SampleRuns.run(1, [.init(id: "a", before: 1, repaired: 1)], mode: .fix)
        let first = try SampleEvidence.attached(bugs, "BUG-1", status: .unchanged).document.text
        let both = try SampleEvidence.attached(first, "BUG-1", status: .unchanged, run: later)
        let runs = Outline(both.document).entries.map(\.marker.run)
        #expect(runs == [run.id, later.id])
        #expect(both.document.removingEntries().text == bugs)
    }

    @Test func newFiguresReplaceOlderOnes() throws {
        let first = try SampleEvidence.attached(bugs, "BUG-1", status: .unchanged).document.text
        var other = run
        other.checks[0].after = 3
        let second = try SampleEvidence.attached(first, "BUG-1", status: .unchanged, run: other)
        #expect(second.block == .replaced && second.document.text.contains("4 → 3"))
        #expect(second.document.removingEntries().text == bugs)
    }

    @Test func editedEvidenceIsItsEditors() throws {
        let text = try SampleEvidence.attached(bugs, "BUG-1", status: .unchanged).document.text
        let edited = text.replacing("<!-- assay:end -->", with: "Seen by Ann.\n\n<!-- assay:end -->")
        let again = try SampleEvidence.attached(edited, "BUG-1")
        #expect(again.block == .edited)
        #expect(again.document.text == edited.replacing("🔴 OPEN", with: "✅ RESOLVED"))
        let open = text.replacing("<!-- assay:end -->", with: "")
        let kept = try SampleEvidence.attached(open, "BUG-1", status: .unchanged)
        #expect(kept.block == .edited && kept.document.text == open)
    }

    @Test(arguments: [
        "<!-- assay:bug a2 -->\n", "<a id=\"b2\"></a>\n\n", "<!-- a\ncomment -->\n\n", "---\n\n<!-- assay:bug a2 -->\n",
        "<span></span>\n\n<!-- assay:bug a2 -->\n\n", "<details>\n\n",
    ])
    func whatStandsAboveTheNextHeadingIsItsOwn(above: String) throws {
        let text = "# Bugs\n\n## A\n\none\n\n\(above)## Two\n\ntwo\n"
        let document = try SampleEvidence.attached(text, "A").document
        #expect(document.text.contains("one\n\n<!-- assay:begin"))
        #expect(document.text.hasSuffix("<!-- assay:end -->\n\n\(above)## Two\n\ntwo\n"))
        #expect(document.removingEntries().text == text)
        if above.contains("a2") {
            let second = try SampleEvidence.attached(document.text, "a2")
            #expect(second.bug == "Two" && second.document.removingEntries().text == text)
        }
    }

    @Test func anEntryEndsAtTheNextOne() throws {
        let text = "# BUG-1: Foo\n\none\n\n## H2 log\n\nlog\n\n## BUG-2: Bar\n\nStatus: open\n"
        let evidence = try SampleEvidence.attached(text, "BUG-1")
        #expect(evidence.status == .notFound(unclearLine: nil))
        #expect(evidence.document.text.contains("log\n\n<!-- assay:begin"))
        #expect(evidence.document.text.hasSuffix("<!-- assay:end -->\n\n## BUG-2: Bar\n\nStatus: open\n"))
    }

    @Test func whatEndsAboveTheNextHeadingIsNot() throws {
        let text = "# Bugs\n\n## A\n\n<details>\n<summary>Log</summary>\n\nlog\n\n</details>\n\n## B\n"
        let document = try SampleEvidence.attached(text, "A").document
        #expect(document.text.contains("</details>\n\n<!-- assay:begin"))
    }

    @Test(arguments: [
        "```\ncode\n\n\n", "```\ncode", "<!-- todo\n\nmore\n\n", "<!-- todo", "text\n\n~~~\ncode\n\n\n\n",
        "<script>\n\n\n",
        "- item\n\n      ```\n      x\n\n\n", "<?php\n\n\n", "<![CDATA[\n\n\n",
        "- list\n\n  ```\n  in it\n<pre>\n\nx",
    ])
    func whatIsNeverClosedTakesNoEvidence(ending: String) throws {
        let text = "# Bugs\n\n## BUG-3\n\n" + ending
        let once = try SampleEvidence.attached(text, "BUG-3")
        #expect(Outline(once.document).entries.count == 1)
        #expect(once.document.removingEntries().text == text)
        #expect(try SampleEvidence.attached(once.document.text, "BUG-3").document == once.document)
    }

    @Test func evidenceIsShort() throws {
        let checks = (0..<12).map { SampleRuns.Sample(id: "c\($0)", before: 9, repaired: $0 == 8 ? 9 : nil) }
        let repaired = [RepairedKeys(check: "c8", keys: (0..<20).map { "id=\($0)" }, count: 900)]
        let run = SampleRuns.run(0, checks, mode: .fix)
        let evidence = try SampleEvidence.attached(bugs, "BUG-1", run: run, repaired: repaired)
        let lines = evidence.document.text.split(separator: "\n").filter { $0.hasPrefix("- ") }
        #expect(lines.count == 5, "\(lines)")
        #expect(lines[1].hasPrefix("- Trouble with c8 (`c8`): 9 → 0; repaired: id=0, id=1, "))
        #expect(lines[1].hasSuffix("id=4, and [895 more](../output/runs/\(run.id)/index.html#check-c8)"), "\(lines[1])")
        #expect(lines[2].hasPrefix("- Trouble with c0 (`c0`): 9 → 9"))
        #expect(lines[3] == "- And 10 other checks: see [the report](../output/runs/\(run.id)/index.html)")
    }

    @Test("As a reader: keys are whole, and fewer of them")
    func keysAreWhole() throws {
        let checks = (0..<3).map { SampleRuns.Sample(id: "c\($0)", before: 9, repaired: 9) }
        let repaired = (0..<3).map { check in
            RepairedKeys(
                check: "c\(check)",
                keys: (0..<9).map { "key=\(check)\($0)-4f0b1c1e-9d0e-4c55-8a55-\(check)" },
                count: 9
            )
        }
        let run = SampleRuns.run(0, checks, mode: .fix)
        let evidence = try SampleEvidence.attached(bugs, "BUG-1", run: run, repaired: repaired)
        #expect(evidence.document.text.components(of: "key=") == 3)
        #expect(evidence.document.text.contains("repaired: key=00-4f0b1c1e-9d0e-4c55-8a55-0, and [8 more]"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

extension EvidenceTests {
    /// `^` marks where the evidence goes.
    @Test(
        "F1: an entry ends where a deeper heading is an entry itself, and evidence stays in a fold",
        arguments: [
            "# Bugs\n\n## 2025-11-14 Session 155: ✅ RESOLVED - Missing\n\ntext\n\n^---\n\n### ✅ [FIXED] Wrong pattern\n\n"
                + "**Date Resolved:** 2025-11-14\n\nx\n\n---\n\n### ✅ [FIXED] Button\n\nlast\n",
            "# Bugs\n\n## Missing\n\ntext\n\n^### BUG-12 Other\n\nx\n",
            "# Bugs\n\n## 2025-11-14 Missing\n\ntext\n\n### Notes\n\nmore\n\n^### 2025-11-13 Other\n\nx\n",
            "# Bugs\n\n## Missing\n\ntext\n\n### Status: OPEN\n\n### ✅ Solution\n\nmore\n^",
            "# Bugs\n\n---\n\n## Missing\n\ntext\n\n^---\n\n### Other\n\nx\n",
            "# Bugs\n\n<details>\n<summary>Old</summary>\n\n## Missing\n\ntext\n\n^</details>\n\n## Other\n\nx\n",
        ]
    )
    func placeBelowTheEntry(marked: String) throws {
        let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
        let text = parts.joined()
        let evidence = try SampleEvidence.attached(text, "Missing", status: .unchanged)
        #expect(evidence.document.removingEntries().text == text)
        let entry = try #require(Outline(evidence.document).entries.first)
        #expect(
            String(decoding: evidence.document.bytes[..<entry.range.lowerBound], as: UTF8.self).trimmingBlanks
                == String(parts[0]).trimmingBlanks
        )
        #expect(try SampleEvidence.attached(evidence.document.text, "Missing", status: .unchanged).block == .unchanged)
    }

    @Test("As a reader: evidence of one check tells of nothing else, and of its own users")
    func evidenceOfOneCheck() throws {
        let run = SampleRuns.run(
            0,
            [
                .init(id: "a", before: 4, repaired: 4, users: ["ann", "bob"]),
                .init(id: "b", before: 9, users: ["zoe", "ann"]),
                .init(id: "c", before: 2, repaired: 1, users: ["eve"]),
            ],
            mode: .fix
        )
        func text(_ checks: [String], _ bug: String = "BUG-1", in text: String) throws -> String {
            let attachment = try attachEvidence(
                of: run,
                to: Document(text),
                bug: bug,
                checks: checks,
                status: .unchanged,
                verdict: SampleRuns.verdict,
                templates: SampleRuns.templates,
                links: SampleRuns.links
            )
            guard case .attached(let attached) = attachment else { throw DocumentError(.busy, "\(attachment)") }
            return attached.document.text
        }
        let one = try text(["a"], in: bugs)
        #expect(one.contains("**Fix evidence:** 4 of 4 repaired, 0 left, for 2 users in telepaypsql"))
        #expect(one.contains("| ann | 2 | 2 | 0 |") && !one.contains("zoe") && !one.contains("Trouble with b"))
        #expect(try text(["a"], in: one) == one)
        let two = try text(["c", "a"], in: one)
        #expect(two.contains("**Fix evidence:** 5 of 6 repaired, 1 left, for 3 users in telepaypsql"))
        #expect(try Document(two).removingEntries().text == bugs)
        // Below an entry of assay's own, evidence is of its check.
        let own = try Document("# Bugs\n").bugs(run).text
        let below = try text([], "a", in: own)
        #expect(below.contains("**Fix evidence:** 4 of 4 repaired, 0 left, for 2 users in telepaypsql"))
    }

    @Test("F14: two status lines that do not agree, and a reason, stay")
    func statusInDoubt() throws {
        for text in [
            "## BUG-3\n\n- **Status:** open\n\n**Status:** open by-design. No change is planned.\n",
            "## BUG-3\n\n- **Severity:** Low · **Status:** open (by-design)\n",
        ] {
            let evidence = try SampleEvidence.attached("# Bugs\n\n" + text, "BUG-3")
            #expect(evidence.document.removingEntries().text == "# Bugs\n\n" + text)
        }
    }
}
