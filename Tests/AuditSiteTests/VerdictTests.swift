import AuditModel
import Testing

@testable import AuditSite

struct VerdictTests {
    static func checks(_ statuses: String) -> [CheckResult] {
        statuses.enumerated().map { index, letter in
            var check =
                switch letter {
                case "f", "x", "b", "p": SampleRuns.check("c\(index)", "C", found: 1)
                case "w": SampleRuns.check("c\(index)", "C", severity: .warning, found: 1)
                case "i": SampleRuns.check("c\(index)", "C", severity: .info, found: 1)
                case "r": SampleRuns.check("c\(index)", "C", found: 1, repaired: 1)
                case "e", "s": SampleRuns.check("c\(index)", "C", found: nil, error: "it took too long")
                case "n": SampleRuns.check("c\(index)", "C", scope: 0)
                default: SampleRuns.check("c\(index)", "C")
                }
            switch letter {
            case "x": check.status = .refused
            case "b": check.status = .rolledBack
            case "p":
                check.status = .rolledBack
                check.repaired = 2
                check.before = 3
            case "s": check.status = .skipped
            default: break
            }
            return check
        }
    }

    private func verdict(_ run: Run) -> String { Verdict.of(Report(run)) }

    static let ofAudits = [
        ("ccccccccccccc", "All 13 checks are clear"), ("c", "The one check is clear"), ("", "No check was run"),
        ("ccc", "All 3 checks are clear"), ("cc", "Both checks are clear"),
        ("fffffwwwwcccc", "5 of 13 checks fail, 4 warn"), ("fwccc", "1 of 5 checks fails, 1 warns"),
        ("f", "The one check fails"), ("ff", "Both checks fail"), ("www", "All 3 checks warn"),
        ("wwi", "2 of 3 checks warn, 1 has rows for information"),
        ("icc", "2 of 3 checks are clear, 1 has rows for information"),
        ("ii", "Both checks have rows for information"),
        ("ccccccccccce", "11 of 12 checks are clear, 1 could not be measured"),
        ("ce", "1 of 2 checks is clear, 1 could not be measured"), ("e", "Nothing could be measured"),
        ("eee", "Nothing could be measured"), ("ffe", "2 of 3 checks fail, 1 could not be measured"),
        ("wce", "1 of 3 checks warns, 1 could not be measured"),
        ("cn", "Both checks are clear, but 1 had no rows to look at"),
        ("n", "The one check is clear, but had no rows to look at"),
        ("nnn", "All 3 checks are clear, but none had rows to look at"),
    ]

    @Test("A6, A7, A9: the words for an audit", arguments: ofAudits)
    func ofAnAudit(statuses: String, text: String) {
        #expect(verdict(SampleRuns.run(checks: Self.checks(statuses))) == text)
    }

    static let ofRepairs = [
        (Run.Mode.fix, "frrcc", "2 rows repaired; 1 of 5 checks still fails"),
        (.fix, "rc", "1 row repaired; both checks are clear"),
        (.fix, "cc", "Both checks are clear"),
        (.fix, "fc", "Nothing was repaired; 1 of 2 checks still fails"),
        (.dryRun, "rc", "1 row would be repaired; both checks would be clear"),
        (.dryRun, "ffwr", "1 row would be repaired; 2 of 4 checks would still fail, 1 would still warn"),
        (.dryRun, "fc", "Nothing would be repaired; 1 of 2 checks would still fail"),
        (.dryRun, "ic", "Nothing would be repaired; 1 of 2 checks is clear, 1 would have rows for information"),
        (.fix, "rec", "1 row repaired; 2 of 3 checks are clear, 1 could not be measured"),
    ]

    @Test("A9: the good news first", arguments: ofRepairs)
    func ofARepair(mode: Run.Mode, statuses: String, text: String) {
        #expect(verdict(SampleRuns.run(mode, checks: Self.checks(statuses))) == text)
    }

    static let notRepaired = [
        (Run.Mode.fix, "x", "Nothing was repaired: the one check still fails, and its fix was refused"),
        (
            .fix, "xxcb",
            "Nothing was repaired: 3 of 4 checks still fail; the fixes of 2 were refused, the fix of 1 was rolled back"
        ),
        (.fix, "fxr", "1 row repaired; 2 of 3 checks still fail; the fix of 1 was refused"),
        (.fix, "pc", "2 rows repaired; 1 of 2 checks still fails; 1 was repaired in part"),
        (.dryRun, "xc", "Nothing would be repaired: 1 of 2 checks would still fail; the fix of 1 would be refused"),
    ]

    @Test("A fix that was rolled back and the others: all that fail are counted once")
    func rolledBackBesideOthers() {
        #expect(
            verdict(SampleRuns.run(.fix, checks: Self.checks("ffbr")))
                == "1 row repaired; 3 of 4 checks still fail; the fix of 1 was rolled back"
        )
        var checks = Self.checks("wxc")
        checks[1].severity = .warning
        #expect(
            verdict(SampleRuns.run(.fix, checks: checks))
                == "Nothing was repaired: 2 of 3 checks still warn; the fix of 1 was refused"
        )
    }

    @Test("A dry run says what its figures leave out")
    func eachByItself() {
        let words = "Each fix was tried by itself: what one does to another check’s rows is not in these figures."
        #expect(Verdict.caveat(of: SampleRuns.run(.dryRun, checks: Self.checks("rf"))) == words)
        #expect(Verdict.caveat(of: SampleRuns.run(.dryRun, checks: Self.checks("r"))) == nil)
        #expect(Verdict.caveat(of: SampleRuns.run(.fix, checks: Self.checks("rf"))) == nil)
        #expect(Verdict.caveat(of: SampleRuns.undone(.dryRun)) == nil)
    }

    @Test("A statistic of users that has nobody leaves a clear run clear")
    func nobodyToMeasure() {
        let statistic = SampleRuns.statistic("s", "S", figures: [], status: .skipped, error: "there is nobody")
        #expect(
            verdict(SampleRuns.run(checks: Self.checks("ccc"), statistics: [statistic])) == "All 3 checks are clear"
        )
        #expect(verdict(SampleRuns.run(statistics: [statistic])) == "There was nothing to measure")
    }

    @Test("A5: a fix that was refused or rolled back was measured", arguments: notRepaired)
    func ofARefusal(mode: Run.Mode, statuses: String, text: String) {
        let verdict = verdict(SampleRuns.run(mode, checks: Self.checks(statuses)))
        #expect(verdict == text)
        #expect(!verdict.contains("could not be measured"))
    }

    @Test("The good news is told with whom it is for") func forWhom() {
        #expect(
            verdict(SampleRuns.fixed(.fix))
                == "38 rows repaired for 4 users; 3 of 8 checks still fail, 1 warns"
        )
        #expect(
            verdict(SampleRuns.fixed(.dryRun))
                == "38 rows would be repaired for 4 users; 3 of 8 checks would still fail, 1 would still warn"
        )
        #expect(
            verdict(SampleRuns.undone(.undo))
                == "28 rows taken back for 4 users, 2 rows left as they were; 4 of 8 checks fail, 1 warns"
        )
        #expect(
            verdict(SampleRuns.undone(.dryRun))
                == "28 rows would be taken back for 4 users, 2 rows left as they were; "
                + "4 of 8 checks would fail, 1 would warn"
        )
    }

    static let narrowed = [
        ("c", Selection(checks: ["c0"]), "The one check that was run is clear"),
        ("csss", Selection(tags: ["nightly"]), "The one check that was run is clear"),
        ("cccs", Selection(checks: ["c0"]), "The 3 checks that were run are clear"),
        ("ffs", Selection(checks: ["c0"]), "Both checks that were run fail"),
        ("fccs", Selection(user: "u"), "1 of the 3 checks that were run fails for one user"),
        ("f", Selection(user: ""), "The one check that was run fails for rows without a user"),
        ("cc", Selection(user: "u"), "Both checks that were run are clear for one user"),
        ("ss", Selection(checks: ["a"]), "Nothing was measured: 2 checks were not run"),
    ]

    @Test("A2: a narrowed run claims nothing of the rest", arguments: narrowed)
    func ofANarrowedRun(statuses: String, selection: Selection, text: String) {
        #expect(verdict(SampleRuns.run(checks: Self.checks(statuses), selection: selection)) == text)
    }

    @Test(
        "A9: a probe that an audit does not run is not clear",
        arguments: [
            ("", "Nothing was measured: the one check was not run"),
            ("cc", "Both checks that were run are clear, 1 was not run"),
            ("ccc", "The 3 checks that were run are clear, 1 was not run"),
        ]
    )
    func ofProbes(statuses: String, text: String) {
        let gap = Coverage.Gap(id: "a-probe", reason: "a probe acts on the database, and an audit only reads")
        #expect(verdict(SampleRuns.run(checks: Self.checks(statuses), gaps: [gap])) == text)
    }

    @Test(
        "A9: a suite of statistics",
        arguments: [
            (1, 0, 0, "The one statistic was measured"), (3, 0, 0, "3 statistics were measured"),
            (2, 1, 0, "2 of 3 statistics were measured, 1 could not be measured"),
            (0, 2, 0, "Nothing could be measured"),
            (2, 0, 1, "2 statistics were measured, and 1 figure is past its limit"),
            (2, 0, 2, "2 statistics were measured, and 2 figures are past their limits"),
        ]
    )
    func ofStatistics(measured: Int, unknown: Int, broken: Int, text: String) {
        let limit = AppliedLimit(error: "< 0.8", warning: nil, broken: .error)
        let statistics = (0..<(measured + unknown)).map { index in
            let figure = Figure(name: "n", before: .number(1), after: .number(1), limit: index < broken ? limit : nil)
            return index < measured
                ? SampleRuns.statistic("s\(index)", "S", figures: [figure])
                : SampleRuns.statistic("s\(index)", "S", figures: [], status: .error, error: "it failed")
        }
        #expect(verdict(SampleRuns.run(statistics: statistics)) == text)
    }

    @Test(
        "C9: what was not measured is counted once",
        arguments: [
            ("ce", 2, "1 of 2 checks is clear, 1 check and 2 statistics could not be measured"),
            ("cc", 1, "2 checks are clear, and 1 statistic could not be measured"),
            ("ee", 1, "Nothing could be measured"),
        ]
    )
    func ofBoth(statuses: String, unknown: Int, text: String) {
        let statistics = (0..<unknown).map {
            SampleRuns.statistic("s\($0)", "S", figures: [], status: .error, error: "it failed")
        }
        #expect(verdict(SampleRuns.run(checks: Self.checks(statuses), statistics: statistics)) == text)
    }

    /// What was committed stays known when the second measuring fails.
    @Test("A12: what could not be measured again") func notAgain() {
        var checks = Self.checks("rc")
        checks[0].after = nil
        checks[0].status = .error
        #expect(
            verdict(SampleRuns.run(.fix, checks: checks))
                == "1 row repaired; 1 of 2 checks is clear, 1 could not be measured again"
        )
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
        #expect(verdict(run) == "2 checks are clear, and 1 figure is past its limit")
    }

    /// What hides from the role is not clear.
    @Test func aGapIsNoClearRun() {
        let run = SampleRuns.run(checks: Self.checks("cc"), gaps: [Coverage.Gap(id: "c0", reason: "hidden rows")])
        #expect(verdict(run) == "1 of 2 checks is clear, 1 could not be measured")
    }

    @Test func theWorstComesFirst() {
        let report = Report(SampleRuns.run(checks: Self.checks("scnwriefbx")))
        #expect(
            report.checks.map(\.standing) == [
                .failing, .refused, .rolledBack, .notMeasured, .warning, .info, .repaired, .clear, .empty, .notRun,
            ]
        )
    }
}
