import AuditModel
import Logging
import Postgres
import RunRecords
import Wording

/// Repairs the checks of a suite one after the other, in the suite's order.
struct SuiteRepair: Sendable {
    let suite: Suite
    let run: RunID
    let context: MeasuringContext
    let settings: RepairSettings
    let ledger: RunLedger
    let logger: Logger
    /// Opens another connection, to look into the journal when this one is lost.
    let reconnect: @Sendable () async throws -> Session

    /// Repairs what the first measuring found, and enters into the ledger what became of it.
    ///
    /// - Returns: what kept the run from writing, such as a missing privilege; nil when it could write.
    func repair(on session: Session) async throws -> AuditError? {
        var isPrepared = settings.isDryRun
        var isLost = false
        for (index, repair) in repairs.enumerated() {
            guard !isLost else {
                stop(repair.check, "not repaired: the connection to the server was lost")
                continue
            }
            do {
                if !isPrepared { try await prepare(on: session) }
                isPrepared = true
                isLost = try await perform(repair, on: session)
            } catch {
                guard let obstacle = AuditError(obstacle: error) else { throw error }
                refuse(repairs[index...], for: obstacle)
                return obstacle
            }
        }
        if ledger.hasCommittedRows, !isLost { try await finish(on: session) }
        return nil
    }

    /// Nothing could be written at all.
    func refuse(for obstacle: AuditError) { refuse(repairs[...], for: obstacle) }

    /// The repairs of the checks of which violations were found.
    private var repairs: [CheckRepair] {
        suite.checks.compactMap { check in
            guard case .violations(let work) = check.work, let repair = work.repair,
                let found = ledger.check(check.id)?.first.measurement, found.count > 0
            else { return nil }
            return CheckRepair(
                check: check,
                work: work,
                repair: repair,
                index: context.tallies.index(of: check.id),
                run: run,
                suite: suite,
                context: context,
                settings: settings,
                ledger: ledger,
                logger: logger
            )
        }
    }

    /// Creates the journal where it is missing, and makes sure that this role may write it.
    private func prepare(on session: Session) async throws {
        let isNew = try await session.withConnection { connection in
            try writing(on: connection) { try Journal.prepare(on: connection) }
        }
        if isNew { ledger.noteJournal() }
    }

    /// What was measured stands, and nothing more is repaired.
    private func refuse(_ repairs: ArraySlice<CheckRepair>, for obstacle: AuditError) {
        for repair in repairs {
            guard ledger.check(repair.check.id)?.repair.rows ?? 0 == 0 else {
                stop(repair.check, obstacle.description)
                continue
            }
            ledger.change(repair.check.id) { $0.repair = .refused("not repaired: \(obstacle)") }
        }
    }

    /// Repairs one check.
    ///
    /// - Returns: whether the connection was lost.
    private func perform(_ repair: CheckRepair, on session: Session) async throws -> Bool {
        let check = repair.check
        context.progress(.started(check: check.id))
        let clock = ContinuousClock()
        let start = clock.now
        var isLost = false
        do {
            try await session.withConnection { try repair.perform(on: $0) }
        } catch let error as RepairRefusal {
            ledger.change(check.id) { $0.repair = .refused(error.description) }
        } catch let error as MeasuringError {
            stop(check, error.description)
        } catch let error as PostgresError where error.connectionLost {
            isLost = true
            await reconcile(check)
        }
        let seconds = Double((clock.now - start) / .milliseconds(1)).rounded() / 1000
        ledger.change(check.id) { $0.seconds += seconds }
        let known = ledger.check(check.id)
        logger.info("\(check.id): \(known?.repair.rows ?? 0) of \(known?.first.measurement?.count ?? 0) repaired")
        context.progress(
            .finished(
                check: check.id,
                status: known?.repair.reason == nil ? .repaired : .rolledBack,
                count: known?.repair.rows,
                seconds: seconds
            )
        )
        return isLost
    }

    /// Notes that a fix ended early; what was committed before stands.
    private func stop(_ check: Check, _ reason: String) {
        ledger.change(check.id) { known in
            let rows = settings.isDryRun ? 0 : known.repair.rows ?? 0
            let words = "\(rows.of("row")) \(rows == 1 ? "was" : "were") repaired"
            known.repair = .stopped(rows == 0 ? reason : "\(words), and then a batch failed: \(reason)", rows: rows)
        }
    }

    /// A transaction of its own, which a database that is read-only by default does not make read-only.
    private func writing<R>(on connection: borrowing Connection, _ body: () throws -> R) throws -> R {
        try connection.begin(.repeatableRead(readOnly: false, snapshot: nil))
        let result: R
        do {
            result = try body()
        } catch {
            try? connection.rollback()
            throw error
        }
        try connection.commit()
        return result
    }

    /// Notes the end of the run; what was repaired stands without it.
    private func finish(on session: Session) async throws {
        do {
            try await session.withConnection { connection in
                try writing(on: connection) { try Journal.finish(run, on: connection) }
            }
        } catch let error as PostgresError where error.kind != .cancelled {
            logger.warning("`assay history` will call this run not finished: \(error)")
        }
    }

    /// The connection went while a transaction ended: the journal knows whether that was committed.
    private func reconcile(_ check: Check) async {
        do {
            let session = try await reconnect()
            let committed = try await session.withConnection { connection in
                try CommittedRepairs(of: check, by: run, context: context, on: connection)
            }
            let rows = committed.rows
            ledger.commit(rows - (ledger.check(check.id)?.repair.rows ?? 0), of: check.id)
            ledger.change(check.id) { known in
                known.repair = .stopped(
                    rows == 0
                        ? "the connection to the server was lost while repairing, and nothing was committed"
                        : "the connection to the server was lost while repairing; \(rows.of("repaired row")) "
                            + "\(rows == 1 ? "is" : "are") committed",
                    rows: rows
                )
                known.repairs = committed.sample
            }
            if ledger.hasCommittedRows { try await finish(on: session) }
            await session.close()
        } catch {
            stop(
                check,
                "the connection to the server was lost while repairing, and there is no other; the journal "
                    + "tells what was committed: assay history"
            )
        }
    }
}
