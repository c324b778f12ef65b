import AuditModel
import Testing

@testable import AuditSite

struct TileTests {
    private func made(_ label: String, of run: Run) -> TileView? {
        TileView.all(Report(run)).first { $0.label == label }
    }

    private func audit(after: Int, scope: Int?, fix: FixSummary, selection: Selection = Selection()) -> Run {
        var check = SampleRuns.check("one", "One", found: after, scope: scope)
        check.fix = fix
        return SampleRuns.run(checks: [check], selection: selection)
    }

    static let limits: [(after: Int, scope: Int?, fix: FixSummary, value: String, note: String)] = [
        (10_000, nil, FixSummary(limitRows: 10_000), "10,000", "by 1 check with a fix"),
        (10_001, nil, FixSummary(limitRows: 10_000), "0", "a fix is written, and refuses more than 10,000 rows"),
        (20, 100, FixSummary(limitShare: 0.2), "20", "by 1 check with a fix"),
        (21, 100, FixSummary(limitShare: 0.2), "0", "a fix is written, and refuses more than 20\u{A0}% of the rows"),
        (1, nil, FixSummary(limitShare: 0.2), "1", "by 1 check with a fix"),
        (1_000_000, 1_000_000, FixSummary(), "1,000,000", "by 1 check with a fix"),
        // The limits that hold where a file names none allow a few rows of a small table.
        (20, 20, FixSummary(limitRows: 10_000, limitShare: 0.1), "20", "by 1 check with a fix"),
        (
            21, 21, FixSummary(limitRows: 10_000, limitShare: 0.1), "0",
            "a fix is written, and refuses more than 10\u{A0}% of the rows"
        ),
    ]

    @Test("A4: what could be repaired keeps to the limits of the fix", arguments: limits)
    func possible(after: Int, scope: Int?, fix: FixSummary, value: String, note: String) throws {
        let run = audit(after: after, scope: scope, fix: fix)
        let tile = try #require(made("Could be repaired", of: run))
        #expect(tile.value == value)
        #expect(tile.note == note)
        let remedy = value == "0" ? note : "a fix is written for it"
        #expect(try Rendered(run).html.contains(remedy))
    }

    @Test("A4: of one user's violations the share means nothing") func ofOneUser() {
        let run = audit(after: 90, scope: 100, fix: FixSummary(limitShare: 0.2), selection: Selection(user: "u"))
        #expect(made("Could be repaired", of: run)?.value == "90")
    }

    @Test("A4: fixes that refuse are told apart from those that do not") func mixed() {
        var checks = (0..<3).map { SampleRuns.check("c\($0)", "C", found: [5, 50, 70][$0], hasFix: true) }
        for index in checks.indices { checks[index].fix = FixSummary(limitRows: 60) }
        let one = made("Could be repaired", of: SampleRuns.run(checks: checks))
        #expect(one?.value == "55")
        #expect(one?.note == "by 2 checks with a fix; one more fix refuses more than 60 rows")
        checks[1].fix = FixSummary(limitRows: 6)
        let two = made("Could be repaired", of: SampleRuns.run(checks: checks))
        #expect(two?.note == "by 1 check with a fix; 2 more fixes refuse so many rows")
    }

    @Test("A6: what was not measured is not 0") func unknown() throws {
        let nothing = TileView.all(Report(SampleRuns.unmeasured))
        #expect(nothing.map(\.value) == ["–", "–"])
        #expect(nothing.allSatisfy { $0.tone == .unknown })
        let some = TileView.all(Report(SampleRuns.incomplete))
        #expect(some.map(\.value) == ["at least 0", "at least 0"])
        #expect(some.allSatisfy { $0.tone == .unknown })
        #expect(TileView.all(Report(SampleRuns.clear)).prefix(2).map(\.value) == ["0", "0"])
        // A fix that was refused was measured.
        #expect(made("Violations", of: SampleRuns.refused)?.value == "48")
    }

    @Test("C6: an audit has one number, a repair two") func before() {
        #expect(made("Violations", of: SampleRuns.rich)?.before == nil)
        #expect(made("Violations", of: SampleRuns.rich)?.note == "found by 6 of 8 checks")
        #expect(made("Violations", of: SampleRuns.fixed(.fix))?.before == "48")
        #expect(made("Violations", of: SampleRuns.fixed(.fix))?.note == "38 repaired, 3 gone with them")
        #expect(made("Users affected", of: SampleRuns.fixed(.fix))?.note == "1 has nothing left any more")
    }

    @Test("C10: a figure that the repair changed has not become better by itself") func changedByTheRun() {
        let tile = made("Success rate", of: SampleRuns.fixed(.fix))
        #expect(tile?.before == nil)
        #expect(tile?.value == "97.4\u{A0}%")
        #expect(tile?.note?.hasPrefix("before the repair: 93.1\u{A0}%; fails below") == true)
    }

    @Test("A9: a run of statistics has no violations to count") func statisticsOnly() {
        let run = SampleRuns.run(statistics: [SampleRuns.statistic("s", "S", figures: [])])
        #expect(TileView.all(Report(run)).isEmpty)
    }

    @Test("Figures that are not finite are shown as PostgreSQL writes them") func notFinite() throws {
        var run = SampleRuns.rich
        let user = try #require(run.users.index(of: SampleRuns.people[0].0))
        let set = run.users.figureSet(of: "user-channels", names: ["channels", "entries"])
        run.users.setFigure(.infinity, of: set, name: 0, user: user, phase: .after)
        run.users.setFigure(-.infinity, of: set, name: 1, user: user, phase: .after)
        run.statistics[0].figures[0].after = .text("NaN")
        let rendered = try Rendered(run)
        for text in rendered.both { #expect(text.contains("-Infinity") && text.contains("NaN")) }
    }
}
