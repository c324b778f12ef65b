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
        #expect(document.text.contains("- Violations: 20, down from 30\n"))
        document = try document.bugs(run(4, 20, repaired: 20))
        #expect(status(document) == "✅ RESOLVED")
        #expect(document.text.contains("20 before, 20 repaired, 0 left"))
        let resolved = document
        #expect(try document.bugs(run(5, 0)) == resolved)
        #expect(try document.bugs(run(0, 30)) == resolved)
        document = try document.bugs(run(6, 2))
        #expect(status(document) == "🔁 REGRESSED")
        #expect(document.text.contains("- Back: 2 violations; none on 2026-11-27\n"), "\(document.text)")
        let steps = [("opened", 0, ""), ("resolved", 4, " (20 rows)"), ("regressed", 6, "")]
        let told = steps.map { word, night, rows in
            let id = run(night, 0).id
            return "\(word) [2026-11-\(23 + night)](../output/runs/\(id)/index.html#check-a)\(rows)"
        }
        #expect(document.text.contains("- History: \(told.joined(separator: ", "))\n"), "\(document.text)")
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
        #expect(document.text.contains("- Back: 4 violations, since repairs were taken back\n"), "\(document.text)")
        #expect(document.text.contains("**Status:** 🔴 OPEN"))
        #expect(document.text.contains("reopened by undo of [`\(SampleRuns.run(0, []).id)`](../output/runs/"))
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
