package import AuditModel
package import Logging
import Postgres
package import RunRecords

/// Measures a suite in one snapshot of a database.
package struct Audit: Sendable {
    private let suite: Suite
    private let settings: AuditSettings
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let progress: @Sendable (AuditProgress) -> Void

    /// - Parameters:
    ///   - now: the clock.
    ///   - progress: is told what happens, on any thread.
    package init(
        suite: Suite,
        settings: AuditSettings,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        progress: @escaping @Sendable (AuditProgress) -> Void = { _ in }
    ) {
        self.suite = suite
        self.settings = settings
        self.logger = logger
        self.now = now
        self.progress = progress
    }

    /// Measures, and writes the violations into the run's folder; the folder's other files are the caller's to write.
    ///
    /// Cancelling the task cancels the statements on the server.
    package func run(_ id: RunID, startedAt: Timestamp, into folder: RunFolder) async throws(AuditError) -> Run {
        try checkSelection()
        do {
            return try await measureAll(id, startedAt: startedAt, into: folder)
        } catch let error as AuditError {
            throw error
        } catch let error as OutputError {
            throw .output(error)
        } catch let error as PostgresError {
            throw AuditError(error)
        } catch {
            throw .cancelled
        }
    }

    private func checkSelection() throws(AuditError) {
        let ids = suite.checks.map(\.id)
        if let unknown = settings.selection.checks.first(where: { !ids.contains($0) }) {
            throw .wrongUsage("the suite has no check '\(unknown)'; it has \(ids.joined(separator: ", "))")
        }
        let tags = Set(suite.checks.flatMap(\.tags))
        if let unknown = settings.selection.tags.first(where: { !tags.contains($0) }) {
            throw .wrongUsage(
                "no check of the suite has the tag '\(unknown)'; the tags are \(tags.sorted().joined(separator: ", "))"
            )
        }
    }

    private func measureAll(_ id: RunID, startedAt: Timestamp, into folder: RunFolder) async throws -> Run {
        let leader = try await open(id)
        let led = try await leader.withConnection { try SnapshotTransaction.lead(on: $0) }
        if let expected = settings.expectedDatabase, expected != led.database.name {
            throw AuditError.unexpectedDatabase(found: led.database.name, expected: expected)
        }
        let sessions = try await [leader] + openWorkers(id, exported: led.exported)
        progress(.connected(led.database, connections: sessions.count))

        let violationChecks = suite.checks.filter { if case .violations = $0.work { true } else { false } }
        let context = MeasuringContext(
            settings: settings,
            folder: folder,
            tallies: TallyBook(checks: violationChecks.map(\.id)),
            progress: progress
        )
        let measuring = SuiteMeasuring(suite: suite, context: context, logger: logger)
        var (results, living) = try await measuring.measure(on: sessions)
        guard !living.isEmpty else {
            var loss = PostgresError(stage: .query, kind: .unreachable, message: "none is left to measure with")
            loss.connectionLost = true
            throw AuditError.unreachable(loss)
        }
        // Which users are affected is known only now.
        try await measuring.measureUsers(on: living, into: &results)
        for session in sessions { await session.close() }

        context.tallies.with { $0.copyBeforeToAfter() }
        return results.run(
            id: id,
            suite: suite,
            led: led,
            startedAt: startedAt,
            finishedAt: now(),
            users: context.tallies.with { $0 }
        )
    }

    private func open(_ id: RunID) async throws -> Session {
        try await Session.open(settings.connection(named: "assay/\(id)"), logger: logger)
    }

    /// Opens the connections beside the leader's; fewer when the server has no room for more.
    private func openWorkers(_ id: RunID, exported: String?) async throws -> [Session] {
        guard let exported else {
            if settings.jobs > 1 { logger.notice("the snapshot cannot be shared here: one connection does all") }
            return []
        }
        let wanted = min(settings.jobs, suite.checks.count) - 1
        var workers: [Session] = []
        while workers.count < wanted {
            do {
                let worker = try await open(id)
                try await worker.withConnection { try SnapshotTransaction.join(exported, on: $0) }
                workers.append(worker)
            } catch let error as PostgresError where error.kind != .cancelled {
                logger.warning("measuring with \(workers.count + 1) of \(settings.jobs) connections: \(error.message)")
                break
            }
        }
        return workers
    }
}

extension AuditError {
    /// What the loss or refusal of a connection is to a run.
    init(_ error: PostgresError) {
        switch error.kind {
        case .cancelled: self = .cancelled
        case .authentication, .privilege: self = .refused(error)
        case .settings: self = .wrongSettings(error)
        case .unreachable, .timeout, .other: self = .unreachable(error)
        }
    }
}
