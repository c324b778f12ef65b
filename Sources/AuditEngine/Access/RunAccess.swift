import AuditModel
import Logging
import Postgres

/// The connections of one run, each under its name.
struct RunAccess: Sendable {
    let settings: AuditSettings
    let run: RunID
    let logger: Logger

    func open() async throws -> Session {
        try await open(condition: nil)
    }

    private func open(condition: ConnectionSettings.WriteCondition?) async throws -> Session {
        var connection = settings.connection(named: "assay/\(run)")
        connection.writeCondition = condition
        return try await Session.open(connection, logger: logger)
    }

    /// Takes the lock that keeps other runs away, on the right database; nil when the run only measures.
    func lock() async throws -> RunLock? {
        guard settings.isWriting else { return nil }
        guard settings.expectedDatabase != nil else {
            throw AuditError.notPermitted(
                "a run that writes must be told which database it may write to. Nothing was changed. "
                    + "Name it with --expect NAME, or with `expect: { database: NAME }` in assay.yml."
            )
        }
        let session = try await open()
        let backend = try await session.withConnection { connection in
            try connection.begin(.readCommitted)
            let cluster = settings.repair?.expectedCluster ?? settings.undo?.expectedCluster
            try WriteGuard.check(
                expected: settings.expectedDatabase,
                cluster: cluster,
                known: settings.known,
                on: connection
            )
            return try RunLock.take(on: connection)
        }
        return RunLock(session: session, backend: backend)
    }

    /// Opens the connection that writes; each of its transactions makes sure that the lock is held.
    func writer(under lock: inout RunLock?) async throws -> Session {
        // While the checks were measured, the server may have ended the connection that holds it.
        if await lock?.session.isAlive() != true { lock = try await self.lock() }
        return try await open(condition: lock?.condition)
    }

    /// Opens connections beside the leader's that see its snapshot; fewer when the server has no room for more.
    func workers(_ wanted: Int, exported: String?) async throws -> [Session] {
        guard let exported else {
            if settings.jobs > 1 { logger.notice("the snapshot cannot be shared here: one connection does all") }
            return []
        }
        var workers: [Session] = []
        while workers.count < wanted {
            do {
                let worker = try await open()
                try await worker.withConnection { try SnapshotTransaction.join(exported, on: $0) }
                workers.append(worker)
            } catch let error as PostgresError where error.kind != .cancelled && error.kind != .unkept {
                logger.warning(
                    "measuring with \(workers.count + 1) of \(settings.jobs) connections: \(error.explanation)"
                )
                break
            }
        }
        return workers
    }

    /// Begins transactions that see one later state, on connections whose transactions have ended.
    ///
    /// What the server has ended meanwhile is opened anew: a repair can take hours.
    func secondSnapshot(on sessions: [Session]) async throws -> ([Session], SnapshotIdentity) {
        let living = try await living(sessions)
        let leader = if let first = living.first { first } else { try await open() }
        let led = try await leader.withConnection { try SnapshotTransaction.lead(on: $0) }
        guard let exported = led.exported else { return ([leader], led.snapshot) }
        var joined = [leader]
        for worker in living.dropFirst() {
            do {
                try await worker.withConnection { try SnapshotTransaction.join(exported, on: $0) }
                joined.append(worker)
            } catch let error as PostgresError where error.connectionLost {
                logger.notice("measuring with one connection less: \(error.explanation)")
            }
        }
        return (joined, led.snapshot)
    }

    /// The connections that still live, with new ones in the place of those that the server has ended.
    func living(_ sessions: [Session]) async throws -> [Session] {
        var living: [Session] = []
        var failure: (any Error)?
        for session in sessions {
            do {
                living.append(await session.isAlive() ? session : try await open())
            } catch {
                failure = error
            }
        }
        if living.isEmpty, let failure { throw failure }
        return living
    }
}
