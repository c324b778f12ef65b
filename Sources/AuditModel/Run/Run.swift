/// One execution of a suite: what was measured before, repaired, and measured after.
///
/// Its coded form is `run.json`; the affected users are in `users.csv` beside it, since they can be many.
package struct Run: Sendable, Equatable {
    /// The version of the record's format.
    package static let format = 2

    package var id: RunID
    package var mode: Mode
    /// The run whose repairs this one took back, or would take back; nil for any other run.
    package var undoes: RunID?
    /// What the run was narrowed to.
    package var selection: Selection
    package var outcome: Outcome
    package var suite: SuiteSummary
    package var database: DatabaseIdentity
    package var snapshots: Snapshots
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// Checks that find violations, in the suite's order.
    package var checks: [CheckResult]
    package var statistics: [StatisticResult]
    package var totals: Totals
    package var coverage: Coverage
    /// The affected users with their counts for each check and their own figures.
    package var users: UserTallies
    package var commands: RunCommands

    package init(
        id: RunID,
        mode: Mode,
        undoes: RunID? = nil,
        selection: Selection = Selection(),
        suite: SuiteSummary,
        database: DatabaseIdentity,
        snapshots: Snapshots,
        startedAt: Timestamp,
        finishedAt: Timestamp,
        checks: [CheckResult],
        statistics: [StatisticResult],
        coverage: Coverage,
        users: UserTallies,
        commands: RunCommands = RunCommands()
    ) {
        self.id = id
        self.mode = mode
        self.undoes = undoes
        self.selection = selection
        self.suite = suite
        self.database = database
        self.snapshots = snapshots
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.checks = checks
        self.statistics = statistics
        self.coverage = coverage
        self.users = users
        self.commands = commands
        outcome = Outcome(checks: checks, statistics: statistics)
        totals = Totals(checks: checks, users: users)
    }

    package enum Mode: String, Codable, Sendable {
        case audit, fix
        /// A fix, or an undo, that was rolled back before it was committed.
        case dryRun = "dry-run"
        /// Repairs of an earlier run were taken back.
        case undo
    }
}
