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
    func repair(on session: Session) async throws {
        var isPrepared = settings.isDryRun
        var isLost = false
        for check in suite.checks {
            guard case .violations(let work) = check.work, let repair = work.repair,
                let found = ledger.check(check.id)?.first.measurement, found.count > 0
            else { continue }
            guard !isLost else {
                stop(check, "not repaired: the connection to the server was lost")
                continue
            }
            if !isPrepared {
                try await session.withConnection { connection in
                    try writing(on: connection) { _ = try Journal.prepare(on: connection) }
                }
                isPrepared = true
            }
            isLost = try await perform(
                CheckRepair(
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
                ),
                on: session
            )
        }
        if ledger.committed != nil, !isLost { try await finish(on: session) }
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
    private func writing(on connection: borrowing Connection, _ body: () throws -> Void) throws {
        try connection.begin(.repeatableRead(readOnly: false, snapshot: nil))
        do {
            try body()
        } catch {
            try? connection.rollback()
            throw error
        }
        try connection.commit()
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
            let committed = try await session.withConnection {
                try Journal.committed(run: run, check: check.id, on: $0)
            }
            await session.close()
            let rows = committed.reduce(0) { $0 + $1.rows }
            ledger.commit(rows - (ledger.check(check.id)?.repair.rows ?? 0), of: check.id)
            ledger.change(check.id) { known in
                known.repair = .stopped(
                    rows == 0
                        ? "the connection to the server was lost while repairing, and nothing was committed"
                        : "the connection to the server was lost while repairing; \(rows.of("repaired row")) "
                            + "\(rows == 1 ? "is" : "are") committed",
                    rows: rows
                )
            }
            let index = context.tallies.index(of: check.id)
            context.tallies.with { tallies in
                tallies.clear(check: index, phase: .repaired)
                for (user, rows) in committed { tallies.add(user, check: index, phase: .repaired, times: rows) }
            }
        } catch {
            stop(
                check,
                "the connection to the server was lost while repairing, and there is no other; the journal "
                    + "tells what was committed: assay history"
            )
        }
    }
}
