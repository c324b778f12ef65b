import AuditModel
import Testing

@testable import LivingDocuments

struct DecisionTests {
    private let run: Run = {
        let prose =
            "Symptom.\n\n**By hand.** Do it below. The fix only adds rows, and refuses too many.\n\n**Expected.** One each."
        var run = SampleRuns.run(
            0,
            [
                .init(
                    id: "a",
                    before: 7,
                    repaired: 7,
                    title: "Lost entries",
                    documentation: prose,
                    users: ["ann", "bob"]
                ),
                .init(id: "b", before: 3, repaired: 2, title: "Double entries", documentation: "", users: ["bob"]),
                .init(id: "c", before: 1),
            ],
            mode: .fix
        )
        run.checks[0].fix = FixSummary(
            statement: "-- entries\nINSERT INTO t SELECT 1",
            table: "t",
            limitRows: 10_000,
            limitShare: 0.2
        )
        run.checks[1].fix = FixSummary(statement: "DELETE FROM t", table: "t", alsoWrites: ["u"])
        return run
    }()

    @Test(
        "As a reader: one decision a run tells what is done, within which limits, by whom, why it is safe and how to end it"
    )
    func aDecisionTellsAll() throws {
        let text = try Document("").decisions(run).text
        #expect(Outline(try Document(text)).entries.count == 1)
        for part in [
            "Repair automatically: Lost entries, and Double entries\n", "as the database user auditor:\n",
            "- Lost entries (`a`): inserts rows into t, and refuses when it finds more than 10,000 rows or 20 % of the rows",
            "- Double entries (`b`): deletes rows from t, whose triggers write u, without a limit\n",
            "- `a`: The fix only adds rows, and refuses too many.\n", "- `b`: the check does not say.\n",
            "`assay undo \(run.id)` takes them back",
            "take `sql fix`, and the keys that go with it (`repairs`, `fix_limits` …), out of the checks' files, or",
            "9 rows repaired for 2 users by this run; 1 violation left.",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test("As a reader: each check's repair is decided once")
    func decidedOnce() throws {
        let first = try Document("").decisions(run)
        #expect(try first.decisions(run) == first)
        let later = SampleRuns.run(
            1,
            [.init(id: "a", before: 7, repaired: 7), .init(id: "c", before: 1, repaired: 1)],
            mode: .fix
        )
        let both = try first.decisions(later)
        #expect(Outline(both).entries.map(\.marker.check) == ["c", "a,b"])
    }

    @Test("F19: a rehearsal speaks with one voice")
    func rehearsals() throws {
        var rehearsal = run
        rehearsal.mode = .dryRun
        for text in try [
            Document("").progress(rehearsal).text, Document("").bugs(rehearsal).text,
            Document("").decisions(rehearsal).text,
        ] {
            #expect(text.contains("would be repaired"), "\(text)")
            #expect(!text.contains("assay undo 2"), "\(text)")
            #expect(!text.contains(/[0-9] repaired/), "\(text)")
        }
    }
}
