import AuditModel
import Logging
import Postgres
import RunRecords

/// Repairs the checks of a suite one after the other, in the suite's order.
struct SuiteRepair: Sendable {
    let suite: Suite
    let run: RunID
    let context: MeasuringContext
    let settings: RepairSettings
    let ledger: RepairLedger
    let logger: Logger
    /// Opens another connection, to look into the journal when this one is lost.
    let reconnect: @Sendable () async throws -> Session

    /// Repairs what the first measuring found, and enters how each check stands now.
    ///
    /// - Returns: the ids of the checks whose figures are those of their own transaction.
    func repair(on session: Session, into results: inout SuiteResults) async throws -> Set<String> {
        var repaired: Set<String> = []
        var isLost = false
        for check in suite.checks {
            guard case .violations(let work) = check.work, let repair = work.repair,
                let found = results.check(check.id), (found.before ?? 0) > 0
            else { continue }
            if repaired.isEmpty, !settings.isDryRun {
                try await session.withConnection { connection in
                    try writing(on: connection) { _ = try Journal.prepare(on: connection) }
                }
            }
            repaired.insert(check.id)
            guard !isLost else {
                results.add(.violations(failed(found, "not repaired: the connection to the server was lost")))
                continue
            }
            context.progress(.started(check: check.id))
            let clock = ContinuousClock()
            let start = clock.now
            var result: CheckResult
            do {
                let one = CheckRepair(
                    check: check,
                    work: work,
                    repair: repair,
                    index: context.tallies.with { $0.checks.firstIndex(of: check.id) ?? 0 },
                    run: run,
                    suite: suite,
                    context: context,
                    settings: settings,
                    ledger: ledger,
                    logger: logger
                )
                let outcome = try await session.withConnection { try one.perform(on: $0) }
                result = outcome.result
                isLost = outcome.connectionLost
                if let batch = outcome.lostBatch { await settle(batch, of: &result) }
                logger.info("\(check.id): \(result.repaired ?? 0) of \(result.before ?? 0) repaired")
            } catch let error as MeasuringError {
                result = failed(found, error.description, status: error.status)
            } catch let error as PostgresError where error.connectionLost {
                isLost = true
                result = await lost(found)
            }
            result.seconds = Double((clock.now - start) / .milliseconds(1)).rounded() / 1000
            results.add(.violations(result))
            context.progress(
                .finished(check: check.id, status: result.status, count: result.repaired, seconds: result.seconds)
            )
        }
        if !repaired.isEmpty, !settings.isDryRun, !isLost { try await finish(on: session) }
        return repaired
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

    /// The check when the connection went while its transaction ended: the journal knows whether it was committed.
    private func lost(_ found: CheckResult) async -> CheckResult {
        var result = failed(found, "the connection to the server was lost while repairing, and nothing was committed")
        do {
            let rows = try await enterCommitted(1, of: &result)
            guard rows > 0 else { return result }
            result.error =
                "the connection to the server was lost when \(rows.of("repaired row")) had been committed"
        } catch {
            result.error =
                "the connection to the server was lost while repairing, and there is no other; the journal "
                + "tells what was committed: assay history"
        }
        return result
    }

    /// A check whose connection went while a later batch ended: whether that was committed, the journal knows.
    private func settle(_ batch: Int, of result: inout CheckResult) async {
        do {
            let rows = try await enterCommitted(batch, of: &result)
            guard rows > 0 else { return }
            result.error =
                "the connection to the server was lost when \((result.repaired ?? 0).of("repaired row")) had been committed; "
                + "the last \(rows.grouped) of them are in the journal alone, and not in the list of the repairs"
        } catch {
            result.error = (result.error ?? "") + "; whether its rows were committed, the journal tells: assay history"
        }
    }

    /// Asks the journal, on a new connection, what a batch committed, and enters it as repaired; returns the rows.
    private func enterCommitted(_ batch: Int, of result: inout CheckResult) async throws -> Int {
        let check = result.id
        let session = try await reconnect()
        let committed = try await session.withConnection {
            try Journal.committed(run: run, check: check, batch: batch, on: $0)
        }
        await session.close()
        let rows = committed.reduce(0) { $0 + $1.rows }
        result.repaired = (result.repaired ?? 0) + rows
        result.after = (result.after ?? 0) - rows
        ledger.add(rows, of: check)
        context.tallies.with { tallies in
            guard let index = tallies.checks.firstIndex(of: check) else { return }
            for (user, rows) in committed {
                tallies.add(user, check: index, phase: .repaired, times: rows)
                tallies.add(user, check: index, phase: .after, times: -rows)
            }
        }
        return rows
    }

    /// The check as it was found, since nothing of it was repaired, with the reason.
    private func failed(_ found: CheckResult, _ reason: String, status: Status = .error) -> CheckResult {
        var result = found
        result.status = status
        result.repaired = 0
        result.after = found.before
        result.error = reason
        context.folder.removeRepairs(of: found.id)
        context.tallies.with { tallies in
            guard let index = tallies.checks.firstIndex(of: found.id) else { return }
            tallies.clear(check: index, phase: .repaired)
            tallies.copyBeforeToAfter(check: index)
        }
        return result
    }
}
