import AuditModel
import Testing

@testable import LivingDocuments

/// What documents must not say of other databases, of parts, and in sums.
struct TruthTests {
    private func run(_ night: Int, _ before: Int, repaired: Int? = nil, on database: String) -> Run {
        var run = SampleRuns.run(
            night,
            [.init(id: "a", before: before, repaired: repaired, users: ["ann"])],
            mode: repaired == nil ? .audit : .fix
        )
        run.database.name = database
        run.database.systemIdentifier = "7000"
        return run
    }

    @Test("F3: another database's fix resolves no bug, and its counts are no change")
    func databasesAreApart() throws {
        let opened = try Document("").bugs(run(0, 7, on: "production"))
        let document = try opened.bugs(run(1, 3, repaired: 3, on: "staging"))
        #expect(document.text.contains("OPEN") && document.text.contains("RESOLVED"))
        #expect(Outline(document).entries.count == 2)
        let told = try Document("").progress(run(0, 7, on: "production")).progress(run(1, 3, on: "staging"))
        #expect(try told.progress(run(2, 7, on: "production")) == told, "a quiet night")
    }

    @Test("F3: a copy of the database in another cluster is another one, and an unknown cluster fits")
    func clustersAreApart() throws {
        var copy = run(1, 3, repaired: 3, on: "shop")
        let opened = try Document("").bugs(run(0, 7, on: "shop"))
        copy.database.systemIdentifier = nil
        #expect(Outline(try opened.bugs(copy)).entries.count == 1)
        copy.database.systemIdentifier = "8000"
        #expect(Outline(try opened.bugs(copy)).entries.count == 2)
    }

    @Test("A2: a run for one user resolves nothing and ticks nothing")
    func onePartIsNotTheWhole() throws {
        let opened = try Document("").bugs(run(0, 7, on: "shop"))
        var narrowed = run(1, 0, on: "shop")
        narrowed.selection.user = "bob"
        #expect(try opened.bugs(narrowed) == opened)
        let list = try Document("- [ ] All is well <!-- assay:check a -->\n")
        #expect(ChecklistDocument.updating(list, with: narrowed) == list)
        narrowed.selection = Selection(checks: ["a"])
        #expect(ChecklistDocument.updating(list, with: narrowed) == list)
        narrowed.selection = Selection()
        #expect(ChecklistDocument.updating(list, with: narrowed) != list)
    }

    @Test("F15: what went with another's repair stands in the sum")
    func sumsCanBeFollowed() throws {
        var run = run(0, 16, repaired: 10, on: "shop")
        run.checks[0].gone = 2
        run.checks[0].new = 0
        run.checks[0].after = 4
        run.totals = Totals(checks: run.checks, users: run.users)
        let text = try Document("").progress(run).text
        #expect(text.contains("16 before, 10 repaired, 2 gone with them, 4 left"), "\(text)")
        #expect(text.contains("- Still failing: Trouble with a (4"))
    }

    @Test("Evidence of a check that repaired nothing names what its rows went with")
    func goneWithAnother() {
        var run = run(0, 2, repaired: 0, on: "shop")
        run.checks[0].gone = 1
        run.checks[0].after = 1
        let alone = EvidenceFigures(run, of: ["a"]).text(.fix)
        #expect(alone.contains("repaired, 1 gone meanwhile, 1 left"), "\(alone)")
        run.totals.repaired = 3
        let text = EvidenceFigures(run, of: ["a"]).text(.fix)
        #expect(text.contains("repaired, 1 gone with another check’s repair, 1 left"), "\(text)")
    }
}
