import AuditModel
import Logging
import Postgres
import RunRecords

/// Measures checks of a suite side by side, each in the open transaction of one of the run's connections.
struct SuiteMeasuring: Sendable {
    let suite: Suite
    /// Whether this is the measuring before or after the repairs.
    let phase: UserTallies.Phase
    let context: MeasuringContext
    let ledger: RunLedger
    let logger: Logger

    /// Measures everything that is not about the affected users.
    ///
    /// - Returns: the sessions whose connection still lives.
    func measure(on sessions: [Session]) async throws -> [Session] {
        let queue = CheckQueue(checks.filter { !$0.isAboutUsers })
        var living: [Session] = []
        try await withThrowingTaskGroup(of: (Session, Bool).self) { group in
            for session in sessions {
                group.addTask { (session, try await work(off: queue, on: session)) }
            }
            for try await (session, isLiving) in group where isLiving { living.append(session) }
        }
        fail(queue)
        return living
    }

    /// Measures what is about the affected users, who are known only now, and fetches their labels.
    func measureUsers(on sessions: [Session]) async throws {
        let queue = CheckQueue(checks.filter(\.isAboutUsers))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, session) in sessions.enumerated() {
                group.addTask {
                    if index == sessions.count - 1 { try await label(on: session) }
                    _ = try await work(off: queue, on: session)
                }
            }
            try await group.waitForAll()
        }
        fail(queue)
    }

    /// What the run is to measure; after the repairs, what it had measured before.
    private var checks: [Check] {
        suite.checks.filter { check in
            phase == .before
                ? context.settings.selection.reasonToSkip(check) == nil : ledger.wasMeasured(check)
        }
    }

    /// Nobody is left to measure what still waits.
    private func fail(_ queue: CheckQueue) {
        while let check = queue.next() { enter(CheckMeasurement(.failed(Self.connectionLost)), of: check) }
    }

    private static let connectionLost = "the connection to the server was lost"

    private func label(on session: Session) async throws {
        guard let statement = suite.userLabels else { return }
        let labeling = UserLabeling(statement: statement, context: context)
        do {
            try await session.withConnection { connection in
                try connection.isolated { try labeling.label(on: connection) }
            }
        } catch let error as MeasuringError {
            logger.warning("users are shown without their labels: \(error)")
        } catch let error as PostgresError where error.kind != .cancelled {
            logger.warning("users are shown without their labels: \(error.explanation)")
        }
    }

    /// Takes checks from the queue until it is empty or the connection is lost.
    ///
    /// - Returns: whether the connection lives.
    private func work(off queue: CheckQueue, on session: Session) async throws -> Bool {
        while let check = queue.next() {
            let measured = try await measure(check, on: session)
            enter(measured, of: check)
            if measured.connectionLost { return false }
        }
        return true
    }

    private func measure(_ check: Check, on session: Session) async throws -> CheckMeasurement {
        context.progress(.started(check: check.id))
        let clock = ContinuousClock()
        let start = clock.now
        var measured: CheckMeasurement
        do {
            let result = try await session.withConnection { connection in
                do {
                    return try connection.isolated {
                        try self.measure(check, on: connection)
                    } finally: {
                        try checkSettings(on: connection)
                    }
                } catch let error as MeasuringError {
                    throw error.advised(on: connection)
                }
            }
            measured = CheckMeasurement(result)
        } catch let error as MeasuringError {
            measured = CheckMeasurement(.failed(error.description))
        } catch let error as PostgresError where error.kind != .cancelled {
            measured = CheckMeasurement(.failed(error.connectionLost ? Self.connectionLost : error.explanation))
            measured.connectionLost = error.connectionLost
        }
        measured.seconds = Double((clock.now - start) / .milliseconds(1)).rounded() / 1000
        return measured
    }

    /// Refuses what a check has measured after it changed the session: that is no longer the others' database.
    private func checkSettings(on connection: borrowing Connection) throws {
        guard let changed = try connection.changedSetting() else { return }
        throw MeasuringError(
            nil,
            "it changed the setting \(changed.name) from '\(changed.before)' to '\(changed.after)' while it was measured, "
                + "so that its count may be wrong. Leave out set_config, and functions that call it"
        )
    }

    private func measure(_ check: Check, on connection: borrowing Connection) throws -> CheckMeasurement.Result {
        try context.verifyParameters(of: check, on: connection)
        return switch check.work {
        case .violations(let work):
            .violations(
                try ViolationMeasuring(
                    check: check,
                    work: work,
                    index: context.tallies.index(of: check.id),
                    phase: phase,
                    context: context
                ).measure(on: connection)
            )
        case .statistic(let work):
            if let user = check.user {
                .statistic(
                    try UserFigureMeasuring(check: check, work: work, userColumn: user, phase: phase, context: context)
                        .measure(on: connection)
                )
            } else {
                .statistic(try StatisticMeasuring(check: check, work: work, context: context).measure(on: connection))
            }
        case .probe:
            throw MeasuringError(nil, "this version cannot run probes")
        }
    }

    private func enter(_ measured: CheckMeasurement, of check: Check) {
        if case .failed = measured.result { forget(check) }
        ledger.enter(measured, of: check, phase: phase)
        context.progress(
            .finished(
                check: check.id,
                status: measured.status(check.severity),
                count: measured.count,
                seconds: measured.seconds
            )
        )
    }

    /// Takes back what a check left in tallies and files before it failed.
    private func forget(_ check: Check) {
        guard case .violations = check.work else { return }
        let index = context.tallies.index(of: check.id)
        context.tallies.with { $0.clear(check: index, phase: phase) }
        ViolationFiles(check: check.id, phase: phase, context: context).remove()
    }
}

extension Check {
    /// A statistic that is measured for each affected user, after all other checks.
    var isAboutUsers: Bool { kind == .statistic && user != nil }
}
