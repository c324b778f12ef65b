import AuditModel
import Testing

@testable import LivingDocuments

/// What entries of bugs say.
struct BugTextTests {
    private func run(_ night: Int, _ before: Int, repaired: Int? = nil, left: Int? = nil) -> Run {
        var run = SampleRuns.run(
            night,
            [
                .init(
                    id: "a",
                    before: before,
                    repaired: repaired,
                    documentation: "A symptom.\n\n**By hand.** Insert the row.",
                    users: ["ann"]
                )
            ],
            mode: repaired == nil ? .audit : .fix
        )
        run.checks[0].fix = FixSummary(statement: "UPDATE t SET x = 1", table: "t")
        return run
    }

    @Test("As a reader: an audit has one column, and says what to do")
    func audit() throws {
        let text = try Document("# Bugs\n").bugs(run(0, 3)).text
        #expect(text.contains("- Violations: 3 for 1 user\n") && text.contains("| User | Violations |\n"), "\(text)")
        #expect(text.contains("**To repair:** `assay audit --fix --check a`\n"))
        #expect(text.contains("**By hand:** Insert the row.\n"))
        #expect(text.contains("/index.html#check-a), 2026-11-23"))
    }

    @Test("As a reader: the command is the one of the run, for this check alone")
    func command() throws {
        var run = run(0, 3)
        run.commands.fix = "assay audit --fix --expect shop --check a --check b --config /srv/my_shop/assay.yml"
        run.selection = Selection(checks: ["a", "b"])
        let text = try Document("# Bugs\n").bugs(run).text
        let expected = "`assay audit --fix --check a --expect shop --config /srv/my_shop/assay.yml`"
        #expect(text.contains("**To repair:** \(expected)\n"), "\(text)")
    }

    @Test("As a reader: found and repaired by one run takes five lines")
    func brief() throws {
        let document = try Document("# Bugs\n").bugs(run(0, 3, repaired: 3))
        let entry = try #require(Outline(document).entries.first)
        let lines = String(decoding: entry.text, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 5, "\(lines)")
        #expect(lines[3] == "- Violations: 3 before, 3 repaired, 0 left; users affected: 1 before, 0 after")
        let back = try document.bugs(run(1, 2))
        let id = run(0, 0).id
        #expect(
            back.text.contains(
                "- History: opened and resolved [2026-11-23](../output/runs/\(id)/index.html#check-a) (3 rows), regressed [2026-11-24]("
            )
        )
        #expect(back.text.contains("- Back: 2 violations for 1 user; none on 2026-11-23\n"), "\(back.text)")
        #expect(back.text.contains("**Symptom:**"))
    }

    @Test("As a reader: steps of one day have times, in the document's style")
    func times() throws {
        let start = "# Bugs\n\n## 14 Nov 2025: Mail\n\nx\n\n## 13 Nov 2025: Post\n\ny\n"
        var later = run(0, 3, repaired: 3)
        later.startedAt = Timestamp(milliseconds: later.startedAt.milliseconds + 480_000)
        later.id = RunID(startedAt: later.startedAt, random: 1)
        let text = try Document(start).bugs(run(0, 3)).bugs(later).bugs(run(1, 1)).text
        #expect(text.contains("opened [23 Nov 2026 03:15 UTC]("), "\(text)")
        #expect(
            text.contains("), resolved [03:23 UTC](") && text.contains("(3 rows), regressed [24 Nov 2026]("),
            "\(text)"
        )
        #expect(text.contains("none on 23 Nov 2026\n"))
    }

    @Test("As a reader: a refused fix says why, and offers no command")
    func refused() throws {
        var run = run(0, 3, repaired: 0)
        run.checks[0].status = .refused
        run.checks[0].error = "nothing was repaired: 3 rows are more than 20 % of the table"
        let text = try Document("# Bugs\n").bugs(run).text
        #expect(
            text.contains("**Not repaired:** nothing was repaired: 3 rows are more than 20 % of the table\n"),
            "\(text)"
        )
        #expect(!text.contains("**To repair:**") && text.contains("| User | Violations |"))
    }

    @Test("As a reader: rows that were repaired in part stay told on a quiet night")
    func partly() throws {
        let told = try Document("# Bugs\n").bugs(run(0, 5, repaired: 3))
        #expect(told.text.contains("5 before, 3 repaired, 2 left"))
        #expect(try told.bugs(run(1, 2)) == told)
        #expect(try told.bugs(run(2, 0)).text.contains("opened and repaired [2026-11-23]("))
    }
}
