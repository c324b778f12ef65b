import AuditModel
import Logging
import Postgres
import RunRecords

/// Measures the checks of a suite side by side, each in the open transaction of one of the run's connections.
struct SuiteMeasuring: Sendable {
    let suite: Suite
    let context: MeasuringContext
    let logger: Logger

    /// Measures everything that is not about the affected users; returns the sessions whose connection still lives, too.
    func measure(on sessions: [Session]) async throws -> (results: SuiteResults, living: [Session]) {
        var results = SuiteResults()
        var selected: [Check] = []
        for check in suite.checks {
            if let reason = context.settings.selection.reasonToSkip(check) {
                results.skip(check, reason: reason)
            } else if !check.isAboutUsers {
                selected.append(check)
            }
        }
        let measured = try await measure(selected, on: sessions) { try self.measure($0, on: $1) }
        measured.results.forEach { results.add($0) }
        return (results, measured.living)
    }

    /// Measures checks side by side; returns the sessions whose connection still lives, too.
    func measure(
        _ checks: [Check],
        on sessions: [Session],
        by body: @escaping @Sendable (Check, borrowing Connection) throws -> MeasuredCheck
    ) async throws -> (results: [MeasuredCheck], living: [Session]) {
        let queue = CheckQueue(checks)
        var results: [MeasuredCheck] = []
        var living: [Session] = []
        try await withThrowingTaskGroup(of: (Session, [MeasuredCheck]).self) { group in
            for session in sessions {
                group.addTask { (session, try await work(off: queue, on: session, by: body)) }
            }
            for try await (session, measured) in group {
                results += measured
                if measured.last?.connectionLost != true { living.append(session) }
            }
        }
        return (results, living)
    }

    /// Measures what is about the affected users, and fetches their labels.
    func measureUsers(on sessions: [Session], into results: inout SuiteResults) async throws {
        let queue = CheckQueue(
            suite.checks.filter { $0.isAboutUsers && context.settings.selection.reasonToSkip($0) == nil }
        )
        try await withThrowingTaskGroup(of: [MeasuredCheck].self) { group in
            for (index, session) in sessions.enumerated() {
                group.addTask {
                    if index == sessions.count - 1 { try await label(on: session) }
                    return try await work(off: queue, on: session) { try self.measure($0, on: $1) }
                }
            }
            for try await measured in group { measured.forEach { results.add($0) } }
        }
        while let check = queue.next() {
            results.add(MeasuredCheck(failed: check, Self.connectionLost))
        }
    }

    private func label(on session: Session) async throws {
        guard let statement = suite.userLabels else { return }
        let labeling = UserLabeling(statement: statement, context: context)
        do {
            try await session.withConnection { connection in
                try connection.withSavepoint { try labeling.label(on: connection) }
            }
        } catch let error as MeasuringError {
            logger.warning("users are shown without their labels: \(error)")
        } catch let error as PostgresError where error.kind != .cancelled {
            logger.warning("users are shown without their labels: \(error.explanation)")
        }
    }

    private static let connectionLost = "the connection to the server was lost"

    /// Takes checks from the queue until it is empty or the connection is lost.
    private func work(
        off queue: CheckQueue,
        on session: Session,
        by body: @escaping @Sendable (Check, borrowing Connection) throws -> MeasuredCheck
    ) async throws -> [MeasuredCheck] {
        var measured: [MeasuredCheck] = []
        while let check = queue.next() {
            let one = try await measure(check, on: session, by: body)
            measured.append(one)
            if one.connectionLost { break }
        }
        return measured
    }

    private func measure(
        _ check: Check,
        on session: Session,
        by body: @escaping @Sendable (Check, borrowing Connection) throws -> MeasuredCheck
    ) async throws -> MeasuredCheck {
        context.progress(.started(check: check.id))
        let clock = ContinuousClock()
        let start = clock.now
        var measured: MeasuredCheck
        do {
            measured = try await session.withConnection { connection in
                try connection.withSavepoint { try body(check, connection) }
            }
        } catch let error as MeasuringError {
            measured = MeasuredCheck(failed: check, error.description)
        } catch let error as PostgresError where error.kind != .cancelled {
            measured = MeasuredCheck(
                failed: check,
                error.connectionLost ? Self.connectionLost : error.explanation
            )
            measured.connectionLost = error.connectionLost
        }
        if measured.status == .error { forget(check) }
        measured.seconds = Double((clock.now - start) / .milliseconds(1)).rounded() / 1000
        context.progress(
            .finished(check: check.id, status: measured.status, count: measured.count, seconds: measured.seconds)
        )
        return measured
    }

    private func measure(_ check: Check, on connection: borrowing Connection) throws -> MeasuredCheck {
        switch check.work {
        case .violations(let work):
            let index = context.tallies.with { $0.checks.firstIndex(of: check.id) ?? 0 }
            return .violations(
                try ViolationMeasuring(check: check, work: work, index: index, context: context).measure(on: connection)
            )
        case .statistic(let work):
            if let user = check.user {
                return .statistic(
                    try UserFigureMeasuring(
                        check: check,
                        work: work,
                        userColumn: user,
                        phase: .before,
                        context: context
                    )
                    .measure(on: connection)
                )
            }
            return .statistic(
                try StatisticMeasuring(check: check, work: work, context: context).measure(on: connection)
            )
        case .probe:
            preconditionFailure("a probe is never selected")
        }
    }

    /// Takes back what a check left in tallies and files before it failed.
    private func forget(_ check: Check) {
        context.tallies.with { tallies in
            if let index = tallies.checks.firstIndex(of: check.id) { tallies.clear(check: index, phase: .before) }
        }
        context.folder.removeFindings(of: check.id)
    }
}

extension Check {
    /// A statistic that is measured for each affected user, after all other checks.
    var isAboutUsers: Bool { kind == .statistic && user != nil }
}
