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
        } catch {
            throw Self.failure(error, of: id)
        }
    }

    private static func failure(_ error: any Error, of id: RunID) -> AuditError {
        switch error {
        case let error as AuditError: error
        case let error as OutputError: .output(error)
        case let error as PostgresError: AuditError(error)
        case is CancellationError: .cancelled(repaired: nil, run: id)
        default: .fault("\(error)")
        }
    }

    private func checkSelection() throws(AuditError) {
        let ids = suite.checks.map(\.id)
        if let unknown = settings.selection.checks.first(where: { !ids.contains($0) }) {
            throw .wrongUsage("the suite has no check '\(unknown)'; it has \(ids.joined(separator: ", "))")
        }
        let tags = Set(suite.checks.flatMap(\.tags))
        if let unknown = settings.selection.tags.first(where: { !tags.contains($0) }) {
            let known = tags.isEmpty ? "none has a tag" : "the tags are \(tags.sorted().joined(separator: ", "))"
            throw .wrongUsage("no check of the suite has the tag '\(unknown)'; \(known)")
        }
    }

    private func measureAll(_ id: RunID, startedAt: Timestamp, into folder: RunFolder) async throws -> Run {
        let ledger = RepairLedger()
        do {
            return try await perform(id, startedAt: startedAt, into: folder, ledger: ledger)
        } catch let error as PostgresError where error.kind == .cancelled {
            throw AuditError.cancelled(repaired: ledger.summary, run: id)
        } catch {
            guard let repaired = ledger.summary else { throw error }
            throw AuditError.brokenOff(repaired: repaired, run: id, cause: Self.failure(error, of: id))
        }
    }

    private func perform(
        _ id: RunID,
        startedAt: Timestamp,
        into folder: RunFolder,
        ledger: RepairLedger
    ) async throws -> Run {
        // The lock comes first: a run that may not repair has no need to measure.
        let writer = try await writer(id)
        let target = try await undoTarget(on: writer)
        let leader = try await open(id)
        let led = try await leader.withConnection { try SnapshotTransaction.lead(on: $0) }
        if let expected = settings.expectedDatabase, expected != led.database.name {
            throw AuditError.unexpectedDatabase(found: led.database.name, expected: expected)
        }
        let sessions = try await [leader] + openWorkers(id, exported: led.exported)
        progress(.connected(led.database, connections: sessions.count))

        let violationChecks = suite.checks.filter { if case .violations = $0.work { true } else { false } }.map(\.id)
        // The suite may have lost a check since whose rows are taken back.
        let foreignChecks = target?.target.checks.filter { !violationChecks.contains($0) } ?? []
        let context = MeasuringContext(
            settings: settings,
            folder: folder,
            tallies: TallyBook(checks: violationChecks + foreignChecks),
            progress: progress
        )
        let measuring = SuiteMeasuring(suite: suite, context: context, logger: logger)
        var (results, living) = try await measuring.measure(on: sessions)
        guard !living.isEmpty else {
            var loss = PostgresError(stage: .query, kind: .unreachable, message: "none is left to measure with")
            loss.connectionLost = true
            throw AuditError.unreachable(loss)
        }
        let undo = target.map { target, settings in
            RunUndo(suite: suite, run: id, target: target, settings: settings, context: context, logger: logger)
        }
        if let undo, let writer { try await undo.announce(on: writer) }
        // Which users are affected is known only now.
        try await measuring.measureUsers(on: living, into: &results)

        if let writer, let repair = settings.repair {
            // Old row versions are kept for an open snapshot: it ends before the writing begins.
            for session in living { try await session.withConnection { try $0.rollback() } }
            let repaired = try await SuiteRepair(
                suite: suite,
                run: id,
                context: context,
                settings: repair,
                ledger: ledger,
                logger: logger,
                reconnect: { try await open(id) }
            ).repair(on: writer, into: &results)
            await writer.close()
            if repair.isDryRun {
                context.tallies.with { $0.copyBeforeToAfter(except: repaired) }
            } else {
                try await measureAgain(on: living, counted: repaired, context: context, into: &results)
            }
        } else if let writer, let undo {
            for session in living { try await session.withConnection { try $0.rollback() } }
            try await takeBack(undo, on: writer, living: living, context: context, into: &results)
            await writer.close()
        } else {
            context.tallies.with { $0.copyBeforeToAfter(except: []) }
        }
        for session in sessions { await session.close() }
        return results.run(
            id: id,
            mode: settings.undo.map { $0.isDryRun ? .dryRun : .undo } ?? settings.repair?.mode ?? .audit,
            undoes: target?.target.run,
            selection: settings.selection,
            suite: suite,
            led: led,
            startedAt: startedAt,
            finishedAt: now(),
            users: context.tallies.with { $0 }
        )
    }

    /// Takes back, and measures again: after the commit, or for a dry run within the transaction.
    private func takeBack(
        _ undo: RunUndo,
        on writer: Session,
        living: [Session],
        context: MeasuringContext,
        into results: inout SuiteResults
    ) async throws {
        let rows = try await undo.takeBack(on: writer, into: &results)
        guard !undo.settings.isDryRun else {
            try await SecondMeasuring(suite: suite, context: context, logger: logger, counted: [])
                .measure(on: [writer], into: &results)
            try await writer.withConnection { try $0.rollback() }
            return
        }
        do {
            try await measureAgain(on: living, counted: [], context: context, into: &results)
        } catch {
            throw AuditError.undoFailed(
                "\(rows) rows of the run \(undo.target.run) were taken back, and that is committed; the measuring "
                    + "afterwards broke off, so that there is no report (\(error)). `assay history` tells what was done"
            )
        }
    }

    private func measureAgain(
        on living: [Session],
        counted: Set<String>,
        context: MeasuringContext,
        into results: inout SuiteResults
    ) async throws {
        guard let leader = living.first else { return }
        let led = try await leader.withConnection { try SnapshotTransaction.lead(on: $0) }
        var sessions = [leader]
        if let exported = led.exported {
            for worker in living.dropFirst() {
                try await worker.withConnection { try SnapshotTransaction.join(exported, on: $0) }
                sessions.append(worker)
            }
        }
        try await SecondMeasuring(suite: suite, context: context, logger: logger, counted: counted)
            .measure(on: sessions, into: &results)
    }

    /// The connection that repairs, with the lock that keeps other runs away; nil when the run only measures.
    private func writer(_ id: RunID) async throws -> Session? {
        guard settings.repair != nil || settings.undo != nil else { return nil }
        guard settings.expectedDatabase != nil else {
            throw AuditError.notPermitted(
                "a run that writes must be told which database it may write to. Nothing was changed. "
                    + "Name it with --expect NAME, or with `expect: { database: NAME }` in assay.yml."
            )
        }
        let writer = try await open(id)
        try await writer.withConnection { connection in
            let cluster = settings.repair?.expectedCluster ?? settings.undo?.expectedCluster
            try WriteGuard.check(expected: settings.expectedDatabase, cluster: cluster, on: connection)
            try RunLock.take(on: connection)
        }
        return writer
    }

    /// What an undo takes back, looked up while nobody else can; nil for any other run.
    private func undoTarget(on writer: Session?) async throws -> (target: UndoTarget, settings: UndoSettings)? {
        guard let writer, let undo = settings.undo else { return nil }
        return (try await writer.withConnection { try UndoTarget.find(undo, in: suite, on: $0) }, undo)
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
                logger.warning(
                    "measuring with \(workers.count + 1) of \(settings.jobs) connections: \(error.explanation)"
                )
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
        case .cancelled: self = .cancelled(repaired: nil, run: nil)
        case .privilege where error.stage != .connect:
            self = .notPermitted("\(error) `assay sql roles` prints what a reader and a fixer need.")
        case .authentication, .privilege: self = .refused(error)
        case .settings: self = .wrongSettings(error)
        case .unreachable: self = .unreachable(error)
        case .other where error.stage != .connect && error.sqlState?.errorClass == "42":
            self = .notPermitted(
                "\(error) It was a statement of the run itself: is the journal in schema assay whole? An administrator "
                    + "creates what is missing with `assay sql journal`."
            )
        case .timeout, .other:
            self = error.stage == .connect || error.connectionLost ? .unreachable(error) : .failed(error)
        }
    }
}
