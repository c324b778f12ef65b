import AuditModel

/// A run, put into the order in which a page tells it.
struct Report {
    let run: Run
    /// Worst first, then in the suite's order.
    let checks: [Entry<CheckResult>]
    /// In the suite's order.
    let statistics: [Entry<StatisticResult>]
    /// What the suite has and the run has no result of, such as probes.
    let withoutResult: [Coverage.Gap]

    /// A result with what the run's coverage says of it.
    struct Entry<Result> {
        let result: Result
        let standing: Standing
        /// Why it was not, or not wholly, measured, or why its fix repaired nothing.
        let reason: String?
    }

    init(_ run: Run) {
        self.run = run
        let gaps = Dictionary(run.coverage.notMeasured.map { ($0.id, $0.reason) }) { first, _ in first }
        checks = run.checks.map { check in
            let standing = Standing(check, isGap: gaps[check.id] != nil)
            return Entry(result: check, standing: standing, reason: check.error ?? gaps[check.id])
        }
        .enumerated().sorted { ($0.element.standing, $0.offset) < ($1.element.standing, $1.offset) }
        .map(\.element)
        statistics = run.statistics.map { statistic in
            let standing = Standing(statistic, isGap: gaps[statistic.id] != nil)
            return Entry(result: statistic, standing: standing, reason: statistic.error ?? gaps[statistic.id])
        }
        let known = Set(run.checks.map(\.id) + run.statistics.map(\.id))
        withoutResult = run.coverage.notMeasured.filter { !known.contains($0.id) }
    }

    /// The run repaired, took back, or tried what that would do: there is a before and an after.
    var repairs: Bool { run.mode != .audit }

    /// What the figures of a rehearsal leave out; nil where no other check is there whose rows a fix could reach.
    var rehearsalCaveat: String? {
        guard isRehearsal, !isUndo, (run.totals.repaired ?? 0) > 0, checks.count(where: { $0.standing != .notRun }) > 1
        else { return nil }
        return "Each fix was tried by itself: what one does to another check’s rows is not in these figures."
    }

    /// Nothing was committed.
    var isRehearsal: Bool { run.mode == .dryRun }

    /// The run took repairs back, or tried to.
    var isUndo: Bool { run.undoes != nil || run.mode == .undo }

    /// The caller asked for a part of the suite only.
    var isNarrowed: Bool { !run.selection.isEverything }

    /// What was to be measured, and could not be, or not wholly.
    var notMeasured: (checks: Int, statistics: Int) {
        (checks.count { $0.standing.isUnknown }, statistics.count { $0.standing.isUnknown })
    }

    /// Checks, statistics and probes that the run left out; a statistic of users that has nobody to measure is none.
    var notRun: Int {
        let statistics = isNarrowed ? statistics.count { $0.standing == .notRun } : 0
        return checks.count { $0.standing == .notRun } + statistics + withoutResult.count
    }

    /// Different users of whom rows were repaired, or taken back.
    var usersRepaired: Int {
        let users = run.users
        return (0..<users.count).count { users.total(user: $0).repaired != 0 && !users.id($0).isEmpty }
    }

    /// Different users who had violations and have none left.
    var usersFreed: Int {
        let users = run.users
        return (0..<users.count).count { user in
            let total = users.total(user: user)
            return total.before > 0 && total.after == 0 && !users.id(user).isEmpty
        }
    }
}
