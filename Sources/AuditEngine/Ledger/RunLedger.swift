import AuditModel
import Synchronization

/// What a run knows of all its checks, as it comes to know it: the one place that is asked by the report, by the message
/// of a run that breaks off, and by the run itself.
final class RunLedger: Sendable {
    private struct State {
        /// In the suite's order; what an undo takes back of checks that the suite has lost comes last.
        var checks: [CheckLedger] = []
        var statistics: [StatisticResult] = []
        /// Ids of probes.
        var notRun: [(id: String, reason: String)] = []
        /// Ids in the order in which rows of theirs were committed.
        var committed: [String] = []
    }

    private let state: Mutex<State>
    private let suite: Suite
    private let isUndo: Bool

    init(suite: Suite, selection: Selection, isUndo: Bool) {
        self.suite = suite
        self.isUndo = isUndo
        var state = State()
        for check in suite.checks {
            let reason = selection.reasonToSkip(check)
            switch check.work {
            case .violations(let work):
                var ledger = CheckLedger(check, work)
                ledger.skipped = reason
                state.checks.append(ledger)
            case .statistic(let work):
                var result = StatisticResult(check: check, measure: work.measure)
                if let reason { result.error = reason }
                state.statistics.append(result)
            case .probe:
                state.notRun.append((check.id, reason ?? "not run: this version cannot run probes"))
            }
        }
        self.state = Mutex(state)
    }

    // MARK: What is told

    func enter(_ measured: CheckMeasurement, of check: Check, phase: UserTallies.Phase) {
        state.withLock { state in
            if let index = state.checks.firstIndex(where: { $0.check.id == check.id }) {
                let found: CheckLedger.Measured =
                    switch measured.result {
                    case .violations(let measurement): .done(measurement)
                    case .failed(let reason): .failed(reason)
                    case .statistic: .not
                    }
                if phase == .before { state.checks[index].first = found } else { state.checks[index].last = found }
                state.checks[index].seconds += measured.seconds
            } else if let index = state.statistics.firstIndex(where: { $0.id == check.id }) {
                state.statistics[index].enter(measured, phase: phase)
            }
        }
    }

    /// Adds a check that the suite has lost, of which an undo takes rows back.
    func addForeign(_ id: String) {
        let nowhere = Statement("", at: Statement.Place(path: suite.path, line: 1, column: 1))
        let work = ViolationWork(find: nowhere)
        var ledger = CheckLedger(Check(id: id, title: id, path: suite.path, work: .violations(work)), work)
        ledger.first = .failed(
            "the suite '\(suite.id)' has no such check, so that its rows are taken back without being measured"
        )
        state.withLock { $0.checks.append(ledger) }
    }

    func change(_ id: String, _ body: (inout sending CheckLedger) -> Void) {
        state.withLock { state in
            guard let index = state.checks.firstIndex(where: { $0.check.id == id }) else { return }
            body(&state.checks[index])
        }
    }

    /// Rows of a check are committed, in the database for good; below zero for rows that were taken back.
    func commit(_ rows: Int, of id: String) {
        state.withLock { state in
            guard rows != 0, let index = state.checks.firstIndex(where: { $0.check.id == id }) else { return }
            state.checks[index].repair = .done(rows: (state.checks[index].repair.rows ?? 0) + rows)
            if !state.committed.contains(id) { state.committed.append(id) }
        }
    }

    // MARK: What is asked

    func check(_ id: String) -> CheckLedger? {
        state.withLock { $0.checks.first { $0.check.id == id } }
    }

    /// A first measuring has figures of it.
    func wasMeasured(_ check: Check) -> Bool {
        state.withLock { state in
            if let ledger = state.checks.first(where: { $0.check.id == check.id }) {
                return ledger.first.measurement != nil
            }
            return state.statistics.contains { $0.id == check.id && $0.status != .error && $0.status != .skipped }
        }
    }

    /// What was committed; nil when nothing was.
    var committed: CommittedRows? {
        state.withLock { state in
            let rows = state.committed.compactMap { id in
                state.checks.first { $0.check.id == id }.map {
                    CommittedRows.OfCheck(check: id, rows: abs($0.repair.rows ?? 0))
                }
            }
            return rows.isEmpty ? nil : CommittedRows(checks: rows, areTakenBack: isUndo)
        }
    }

    /// Nothing was measured again, for the reason.
    func failAgain(_ reason: String) {
        state.withLock { state in
            for index in state.checks.indices where state.checks[index].first.measurement != nil {
                if case .not = state.checks[index].last { state.checks[index].last = .failed(reason) }
            }
            for index in state.statistics.indices
            where state.statistics[index].status != .error && state.statistics[index].status != .skipped {
                state.statistics[index].enter(CheckMeasurement(.failed(reason)), phase: .after)
            }
        }
    }

    func checks(users: UserTallies, isMeasuredAgain: Bool, isWriting: Bool) -> [CheckResult] {
        state.withLock { $0.checks }.map { ledger in
            let index = users.checks.firstIndex(of: ledger.check.id) ?? 0
            return ledger.result(
                users: users,
                index: index,
                isMeasuredAgain: isMeasuredAgain,
                isWriting: isWriting
            )
        }
    }

    var statistics: [StatisticResult] { state.withLock { $0.statistics } }

    /// What the run did not look at, wholly or in part, in the suite's order.
    func coverage(of checks: [CheckResult]) -> Coverage {
        let state = state.withLock { $0 }
        var reasons: [String: String] = [:]
        for check in checks where check.status == .error || check.status == .skipped { reasons[check.id] = check.error }
        for statistic in state.statistics { reasons[statistic.id] = statistic.error }
        for probe in state.notRun { reasons[probe.id] = probe.reason }
        let gaps = suite.checks.compactMap { check in reasons[check.id].map { Coverage.Gap(id: check.id, reason: $0) } }
        return Coverage(measured: suite.checks.count - gaps.count, notMeasured: gaps)
    }
}

extension StatisticResult {
    /// Takes over what was measured; what could not be measured again has no figures of the end.
    fileprivate mutating func enter(_ measured: CheckMeasurement, phase: UserTallies.Phase) {
        seconds += measured.seconds
        switch measured.result {
        case .failed(let reason):
            status = .error
            error = phase == .before ? reason : "it could not be measured again: \(reason)"
            for index in figures.indices {
                figures[index].after = nil
                figures[index].limit?.broken = nil
            }
        case .statistic(let result) where phase == .before:
            figures = result.figures
            status = result.status
            error = result.error
        case .statistic(let result):
            for index in figures.indices {
                guard let figure = result.figures.first(where: { $0.name == figures[index].name }) else { continue }
                figures[index].after = figure.after
                figures[index].limit = figure.limit
            }
            status = result.status
            error = result.error
        case .violations: break
        }
    }
}
