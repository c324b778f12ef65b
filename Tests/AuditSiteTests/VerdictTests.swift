import AuditModel
import Testing

@testable import AuditSite

struct VerdictTests {
    private static func checks(_ statuses: String) -> [CheckResult] {
        statuses.enumerated().map { index, letter in
            switch letter {
            case "f": SampleRuns.check("c\(index)", "C", found: 1)
            case "w": SampleRuns.check("c\(index)", "C", severity: .warning, found: 1)
            case "i": SampleRuns.check("c\(index)", "C", severity: .info, found: 1)
            case "r": SampleRuns.check("c\(index)", "C", found: 1, repaired: 1)
            case "e": SampleRuns.check("c\(index)", "C", found: nil, error: "it took too long")
            default: SampleRuns.check("c\(index)", "C")
            }
        }
    }

    private func verdict(_ run: Run) -> String { Verdict.of(Report(run)) }

    @Test(arguments: [
        ("ccccccccccccc", "All 13 checks are clear"), ("c", "The one check is clear"), ("", "No check was run"),
        ("ccc", "All 3 checks are clear"),
        ("fffffwwwwcccc", "5 of 13 checks fail, 4 warn"), ("fwccc", "1 of 5 checks fails, 1 warns"),
        ("f", "1 of 1 check fails"), ("wwi", "2 of 3 checks warn, 1 finds rows of severity info"), ("icc", "1 of 3 checks finds rows of severity info"),
        ("ccccccccccce", "11 of 12 checks are clear, 1 could not be measured"),
        ("ce", "1 of 2 checks is clear, 1 could not be measured"), ("e", "1 of 1 check could not be measured"),
        ("ffe", "2 of 3 checks fail, 1 could not be measured"), ("wce", "1 of 3 checks warns, 1 could not be measured"),
    ])
    func ofAnAudit(statuses: String, text: String) {
        #expect(verdict(SampleRuns.run(checks: Self.checks(statuses))) == text)
    }

    @Test(arguments: [
        (Run.Mode.fix, "frrcc", "1 of 5 checks still fails; 2 rows were repaired"),
        (.fix, "rc", "Both checks are clear; 1 row was repaired"),
        (.dryRun, "rc", "Both checks would be clear; 1 row would be repaired"),
        (.dryRun, "ffwr", "2 of 4 checks would still fail, 1 would still warn; 1 row would be repaired"),
        (.fix, "rec", "2 of 3 checks are clear, 1 could not be measured; 1 row was repaired"),
    ])
    func ofARepair(mode: Run.Mode, statuses: String, text: String) {
        #expect(verdict(SampleRuns.run(mode, checks: Self.checks(statuses))) == text)
    }

    @Test(arguments: [
        (Run.Mode.undo, "1 of 2 checks fails; 3 rows were taken back"),
        (.dryRun, "1 of 2 checks would fail; 3 rows would be taken back"),
    ])
    func ofAnUndo(mode: Run.Mode, text: String) {
        var checks = Self.checks("fc")
        checks[0].repaired = -3
        var run = SampleRuns.run(mode, checks: checks)
        run.undoes = RunID("20261123T031500Z-7f3a9c")
        #expect(verdict(run) == text)
    }

    @Test func aBrokenLimitIsNoClearRun() {
        let figure = Figure(
            name: "success_rate",
            before: .number(0.7),
            after: .number(0.7),
            limit: AppliedLimit(error: "< 0.8", warning: nil, broken: .error)
        )
        let statistic = SampleRuns.statistic("rate", "Rate", figures: [figure], status: .failing)
        let run = SampleRuns.run(checks: Self.checks("cc"), statistics: [statistic])
        #expect(verdict(run) == "2 checks are clear, and 1 figure is past the limit")
    }

    /// What hides from the role, or was never begun, is not clear.
    @Test(arguments: ["c0", "something else"])
    func aGapIsNoClearRun(id: String) {
        let run = SampleRuns.run(checks: Self.checks("cc"), gaps: [Coverage.Gap(id: id, reason: "hidden rows")])
        #expect(!verdict(run).hasPrefix("All") && !verdict(run).hasPrefix("Both"))
        #expect(verdict(run).contains("1 "))
        #expect(verdict(run).hasSuffix("could not be measured"))
    }

    @Test func theWorstComesFirst() {
        let report = Report(SampleRuns.run(checks: Self.checks("cwrief")))
        #expect(report.checks.map(\.standing) == [.failing, .notMeasured, .warning, .info, .repaired, .clear])
    }
}
