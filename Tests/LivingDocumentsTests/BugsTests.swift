import AuditModel
import Testing

@testable import LivingDocuments

struct BugsTests {
    private func run(_ night: Int, _ before: Int?, repaired: Int? = nil, severity: Severity = .error) -> Run {
        SampleRuns.run(
            night,
            [.init(id: "a", before: before, repaired: repaired, severity: severity)],
            mode: repaired == nil ? .audit : .fix
        )
    }

    private func status(_ document: Document) -> Substring? {
        document.text.firstRange(of: "**Status:** ").map {
            document.text[$0.upperBound...].prefix { $0 != "·" }.dropLast()
        }
    }

    @Test func anEntryFollowsItsBug() throws {
        var document = try Document("# Bugs 🐛\n\n## Another bug\n\nby hand\n")
        document = try document.bugs(run(0, 30))
        #expect(status(document) == "🔴 OPEN")
        let open = document
        #expect(try document.bugs(run(1, 30)) == open)
        #expect(try document.bugs(run(2, nil)) == open)
        document = try document.bugs(run(3, 20))
        #expect(document.text.contains("30 when last told, 20"))
        document = try document.bugs(run(4, 20, repaired: 20))
        #expect(status(document) == "✅ RESOLVED")
        #expect(document.text.contains("20 before, 20 repaired, 0 left"))
        let resolved = document
        #expect(try document.bugs(run(5, 0)) == resolved)
        #expect(try document.bugs(run(0, 30)) == resolved)
        document = try document.bugs(run(6, 2))
        #expect(status(document) == "🔁 REGRESSED")
        #expect(document.text.contains("opened 2026-11-23, resolved 2026-11-27, regressed 2026-11-29"))
        #expect(Outline(document).entries.count == 1)
        #expect(document.removingEntries().text == "# Bugs 🐛\n\n## Another bug\n\nby hand\n")
    }

    @Test func aDocumentWithoutEmojiGetsNone() throws {
        var document = try Document("# Bugs\n\n## Another bug\n\n**Status:** Open\n").bugs(run(0, 30))
        #expect(document.text.contains("**Status:** OPEN · "))
        document = try document.bugs(run(1, 30, repaired: 30))
        #expect(document.text.contains("**Status:** RESOLVED · ") && !document.hasEmoji)
    }

    @Test func anUndoIsToldInItsOwnWords() throws {
        var undo = SampleRuns.run(1, [.init(id: "a", before: 0)], mode: .undo)
        undo.undoes = SampleRuns.run(0, []).id
        undo.checks[0].repaired = -4
        undo.checks[0].after = 4
        undo.checks[0].status = .failing
        let document = try Document("").bugs(run(0, 4, repaired: 4)).bugs(undo)
        #expect(document.text.contains("0 before, 4 taken back, 4 left"), "\(document.text)")
        #expect(document.text.contains("🔁 REGRESSED"))
    }

    @Test func warningsAndClearChecksOpenNothing() throws {
        let document = try Document("")
        #expect(try document.bugs(run(0, 0)) == document)
        #expect(try document.bugs(run(0, 4, severity: .warning)) == document)
        #expect(try document.bugs(run(0, nil)) == document)
    }

    @Test func whatMayHideRowsResolvesNothing() throws {
        let document = try Document("").bugs(run(0, 3))
        let gap = Coverage.Gap(id: "a", reason: "row-level security")
        #expect(try document.bugs(SampleRuns.run(1, [.init(id: "a", before: 0)], gaps: [gap])) == document)
    }

    @Test func whatAPersonWroteIntoAnEntryStays() throws {
        let document = try Document("").bugs(run(0, 3))
        let edited = try Document(
            document.text.replacing("**Root cause:**", with: "**Root cause (Ann):** a race. Also")
        )
        #expect(try edited.bugs(run(1, 3)) == edited)
        let next = try edited.bugs(run(2, 1))
        #expect(next.text.contains("**Root cause (Ann):** a race."))
        #expect(Outline(next).entries.map(\.isUntouched) == [true, false])
        let last = try next.bugs(run(3, 0))
        #expect(Outline(last).entries.count == 2)
        #expect(status(last) == "✅ RESOLVED")
    }

    @Test func lineEndsMadeByVersionControlAreNoEdits() throws {
        let document = try Document("# B\n").bugs(run(0, 3))
        let other = try Document(document.text.replacing("\n", with: "\r\n")).bugs(run(1, 1))
        #expect(Outline(other).entries.count == 1)
        #expect(!other.text.replacing("\r\n", with: "").contains("\n"))
    }

    @Test func decisionsAreWrittenOnce() throws {
        let first = try Document("").decisions(run(0, 3, repaired: 3))
        #expect(first.text.contains("Repair automatically: Trouble with a"))
        #expect(try first.decisions(run(1, 2, repaired: 2)) == first)
        #expect(try Document("").decisions(run(0, 3)).isEmpty)
    }
}
