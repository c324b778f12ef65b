import AuditModel
import Logging
import Postgres
import RunRecords

/// One run: the connections, the first measuring, the repair or the undo, the second measuring.
struct AuditRun {
    let id: RunID
    let suite: Suite
    let settings: AuditSettings
    let folder: RunFolder
    let ledger: RunLedger
    let logger: Logger
    let progress: @Sendable (AuditProgress) -> Void

    func perform(startedAt: Timestamp, now: () -> Timestamp) async throws -> Run {
        // The lock comes first: a run that may not repair has no need to measure.
        var lock = try await access.lock()
        let target = try await undoTarget(on: lock?.session)
        let leader = try await access.open()
        let led = try await leader.withConnection { try SnapshotTransaction.lead(on: $0) }
        if let expected = settings.expectedDatabase, expected != led.database.name {
            throw AuditError.unexpectedDatabase(found: led.database.name, expected: expected)
        }
        let sessions =
            try await [leader] + access.workers(min(settings.jobs, suite.checks.count) - 1, exported: led.exported)
        progress(.connected(led.database, connections: sessions.count))

        let context = context(target)
        let first = measuring(.before, context)
        let living = try await first.measure(on: sessions)
        guard !living.isEmpty else {
            var loss = PostgresError(stage: .query, kind: .unreachable, message: "none is left to measure with")
            loss.connectionLost = true
            throw AuditError.unreachable(loss)
        }
        let undo = target.map { self.undo($0, context) }
        if let undo, let lock { try await undo.announce(on: lock.session) }
        // Which users are affected is known only now.
        try await first.measureUsers(on: living)

        var second: SnapshotIdentity?
        if lock != nil {
            // Old row versions are kept for an open snapshot: it ends before the writing begins.
            for session in living { try? await session.withConnection { try $0.rollback() } }
            let writer = try await access.writer(under: &lock)
            if let undo {
                try await undo.takeBack(on: writer)
            } else if let repair = settings.repair {
                try await self.repair(repair, context).repair(on: writer)
            }
            second = try await measureAgain(on: living, writer: writer, context)
            await writer.close()
            await lock?.session.close()
            try SuiteComparison(suite: suite, context: context, ledger: ledger, isMeasuredAgain: isMeasuredAgain)
                .settle()
        } else {
            context.tallies.with { $0.copyBeforeToAfter() }
        }
        for session in sessions { await session.close() }
        return run(led, second: second, startedAt: startedAt, finishedAt: now(), users: context.tallies.with { $0 })
    }

    private var access: RunAccess { RunAccess(settings: settings, run: id, logger: logger) }

    /// What an undo takes back, looked up while nobody else can; nil for any other run.
    private func undoTarget(on session: Session?) async throws -> UndoTarget? {
        guard let session, let undo = settings.undo else { return nil }
        return try await session.withConnection { try UndoTarget.find(undo, in: suite, on: $0) }
    }

    /// After a rehearsal of repairs all is as it was; one of an undo is measured before it is rolled back.
    private var isMeasuredAgain: Bool { settings.isWriting && settings.repair?.isDryRun != true }

    private func context(_ target: UndoTarget?) -> MeasuringContext {
        let checks = suite.checks.filter { if case .violations = $0.work { true } else { false } }.map(\.id)
        // The suite may have lost a check since whose rows are taken back.
        let lost = target?.checks.filter { !checks.contains($0) } ?? []
        return MeasuringContext(
            settings: settings,
            folder: folder,
            tallies: TallyBook(checks: checks + lost),
            progress: progress
        )
    }

    private func measuring(_ phase: UserTallies.Phase, _ context: MeasuringContext) -> SuiteMeasuring {
        SuiteMeasuring(suite: suite, phase: phase, context: context, ledger: ledger, logger: logger)
    }

    private func repair(_ repair: RepairSettings, _ context: MeasuringContext) -> SuiteRepair {
        SuiteRepair(
            suite: suite,
            run: id,
            context: context,
            settings: repair,
            ledger: ledger,
            logger: logger,
            reconnect: { try await access.open() }
        )
    }

    private func undo(_ target: UndoTarget, _ context: MeasuringContext) -> RunUndo {
        RunUndo(
            suite: suite,
            run: id,
            target: target,
            settings: settings.undo ?? UndoSettings(run: target.run.description),
            context: context,
            ledger: ledger,
            logger: logger,
            reconnect: { try await access.open() }
        )
    }

    private func run(
        _ led: SnapshotTransaction.Leader,
        second: SnapshotIdentity?,
        startedAt: Timestamp,
        finishedAt: Timestamp,
        users: UserTallies
    ) -> Run {
        let checks = ledger.checks(users: users, isMeasuredAgain: isMeasuredAgain, isWriting: settings.isWriting)
        return Run(
            id: id,
            mode: settings.undo.map { $0.isDryRun ? .dryRun : .undo } ?? settings.repair?.mode ?? .audit,
            undoes: settings.undo.flatMap { RunID($0.run) },
            selection: settings.selection,
            suite: SuiteSummary(name: suite.id, title: suite.title, path: suite.path, digest: suite.digest),
            database: led.database,
            snapshots: Snapshots(before: led.snapshot, after: second),
            startedAt: startedAt,
            finishedAt: finishedAt,
            checks: checks,
            statistics: ledger.statistics,
            coverage: ledger.coverage(of: checks),
            users: users
        )
    }
}

// MARK: - The second measuring

extension AuditRun {
    /// Measures again what was measured; in an undo's rehearsal within its transaction, which is then rolled back.
    ///
    /// Nothing that was committed is lost by a failure here: the ledger has it, and only what is left is not known.
    ///
    /// - Returns: the state that was measured; nil when there was none.
    private func measureAgain(
        on living: [Session],
        writer: Session,
        _ context: MeasuringContext
    ) async throws -> SnapshotIdentity? {
        guard isMeasuredAgain else { return nil }
        let second = measuring(.after, context)
        do {
            if settings.undo?.isDryRun == true {
                let living = try await second.measure(on: [writer])
                try await second.measureUsers(on: living)
                try await writer.withConnection { try $0.rollback() }
                return nil
            }
            let (sessions, snapshot) = try await access.secondSnapshot(on: living)
            let left = try await second.measure(on: sessions)
            try await second.measureUsers(on: left)
            return snapshot
        } catch let error as PostgresError where error.kind != .cancelled {
            ledger.failAgain(error.explanation)
            return nil
        }
    }
}
