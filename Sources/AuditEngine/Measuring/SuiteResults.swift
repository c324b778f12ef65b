import AuditModel

/// What was measured with one check.
struct MeasuredCheck: Sendable {
    enum Result: Sendable {
        case violations(CheckResult)
        case statistic(StatisticResult)
    }

    var result: Result
    /// The connection that measured it is gone.
    var connectionLost = false

    static func violations(_ result: CheckResult) -> MeasuredCheck { MeasuredCheck(.violations(result)) }
    static func statistic(_ result: StatisticResult) -> MeasuredCheck { MeasuredCheck(.statistic(result)) }

    private init(_ result: Result) {
        self.result = result
    }

    /// A check that could not be measured, with the reason.
    init(failed check: Check, _ reason: String) {
        self.init(unmeasured: check, .error, reason)
    }

    init(unmeasured check: Check, _ status: Status, _ reason: String) {
        switch check.work {
        case .violations(let work):
            var result = CheckResult(check: check, work: work)
            result.status = status
            result.error = reason
            self.init(.violations(result))
        case .statistic(let work):
            var result = StatisticResult(check: check, measure: work.measure)
            result.status = status
            result.error = reason
            self.init(.statistic(result))
        case .probe:
            preconditionFailure("a probe has no result of an audit")
        }
    }

    var status: Status {
        switch result {
        case .violations(let result): result.status
        case .statistic(let result): result.status
        }
    }

    var count: Int? {
        switch result {
        case .violations(let result): result.before
        case .statistic: nil
        }
    }

    var seconds: Double {
        get {
            switch result {
            case .violations(let result): result.seconds
            case .statistic(let result): result.seconds
            }
        }
        set {
            switch result {
            case .violations(var one):
                one.seconds = newValue
                result = .violations(one)
            case .statistic(var one):
                one.seconds = newValue
                result = .statistic(one)
            }
        }
    }
}

/// What was measured with all checks of a suite, in no order.
struct SuiteResults: Sendable {
    private var checks: [String: CheckResult] = [:]
    private var statistics: [String: StatisticResult] = [:]
    private var skipped: [String: String] = [:]

    mutating func add(_ measured: MeasuredCheck) {
        switch measured.result {
        case .violations(let result): checks[result.id] = result
        case .statistic(let result): statistics[result.id] = result
        }
    }

    func check(_ id: String) -> CheckResult? { checks[id] }

    func statistic(_ id: String) -> StatisticResult? { statistics[id] }

    /// A first measuring has figures of it.
    func wasMeasured(_ check: Check) -> Bool {
        guard let status = checks[check.id]?.status ?? statistics[check.id]?.status else { return false }
        return status != .error && status != .skipped
    }

    mutating func skip(_ check: Check, reason: String) {
        skipped[check.id] = reason
        if check.kind != .probe { add(MeasuredCheck(unmeasured: check, .skipped, reason)) }
    }

    /// Puts the results into the suite's order and sums them up.
    func run(
        id: RunID,
        mode: Run.Mode,
        undoes: RunID? = nil,
        selection: Selection,
        suite: Suite,
        led: SnapshotTransaction.Leader,
        startedAt: Timestamp,
        finishedAt: Timestamp,
        users: UserTallies
    ) -> Run {
        let ids = suite.checks.map(\.id)
        // What an undo took back of checks that the suite has lost comes last.
        var ordered = (ids + checks.keys.filter { !ids.contains($0) }.sorted()).compactMap { checks[$0] }
        for index in ordered.indices where ordered[index].before != nil {
            let check = users.checks.firstIndex(of: ordered[index].id) ?? 0
            ordered[index].usersBefore = users.users(check: check, phase: .before)
            ordered[index].usersAfter = users.users(check: check, phase: .after)
        }
        return Run(
            id: id,
            mode: mode,
            undoes: undoes,
            selection: selection,
            suite: SuiteSummary(name: suite.id, title: suite.title, path: suite.path, digest: suite.digest),
            database: led.database,
            snapshots: Snapshots(before: led.snapshot),
            startedAt: startedAt,
            finishedAt: finishedAt,
            checks: ordered,
            statistics: suite.checks.compactMap { statistics[$0.id] },
            coverage: coverage(of: suite),
            users: users
        )
    }

    private func coverage(of suite: Suite) -> Coverage {
        let gaps = suite.checks.compactMap { check -> Coverage.Gap? in
            let reason = skipped[check.id] ?? checks[check.id]?.error ?? statistics[check.id]?.error
            return reason.map { Coverage.Gap(id: check.id, reason: $0) }
        }
        return Coverage(measured: suite.checks.count - gaps.count, notMeasured: gaps)
    }
}
