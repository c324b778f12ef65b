import AuditModel

/// A run, put into the order in which a page tells it.
struct Report {
    let run: Run
    /// Worst first, then in the suite's order.
    let checks: [Entry<CheckResult>]
    /// In the suite's order.
    let statistics: [Entry<StatisticResult>]
    let unmeasuredStatistics: Int
    /// What was not measured and has no result at all, such as a probe.
    let otherGaps: Int

    /// A result with what the run's coverage says of it.
    struct Entry<Result> {
        let result: Result
        let standing: Standing
        /// Why it was not, or not wholly, measured.
        let reason: String?
    }

    init(_ run: Run) {
        self.run = run
        let gaps = Dictionary(run.coverage.notMeasured.map { ($0.id, $0.reason) }) { first, _ in first }
        func entry<Result>(_ result: Result, _ id: String, _ status: Status, _ error: String?) -> Entry<Result> {
            let standing = Standing(status, isGap: gaps[id] != nil)
            return Entry(result: result, standing: standing, reason: error ?? gaps[id])
        }
        checks = run.checks.map { entry($0, $0.id, $0.status, $0.error) }
            .enumerated().sorted { ($0.element.standing, $0.offset) < ($1.element.standing, $1.offset) }
            .map(\.element)
        statistics = run.statistics.map { entry($0, $0.id, $0.status, $0.error) }
        let unknown = Set(gaps.keys).subtracting(run.checks.map(\.id)).subtracting(run.statistics.map(\.id))
        unmeasuredStatistics = statistics.count { $0.standing == .notMeasured }
        // Of a run that was narrowed it is not known who left them out.
        otherGaps = run.selection.isEverything ? unknown.count : 0
    }

    /// The run repaired, or tried what a repair would do.
    var repairs: Bool { run.mode != .audit }
}
