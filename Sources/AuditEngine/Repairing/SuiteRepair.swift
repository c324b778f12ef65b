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
                    try writing(on: connection) { try Journal.prepare(on: connection) }
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
                logger.info("\(check.id): \(result.repaired ?? 0) of \(result.before ?? 0) repaired")
            } catch let error as MeasuringError {
                result = failed(found, error.description)
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
            let session = try await reconnect()
            let committed = try await session.withConnection { try Journal.rows(of: run, check: found.id, on: $0) }
            await session.close()
            let rows = committed.reduce(0) { $0 + $1.rows }
            guard rows > 0 else { return result }
            result.repaired = rows
            result.after = (found.before ?? 0) - rows
            result.error = "the connection to the server was lost when \(rows) repaired rows had been committed"
            ledger.add(rows, of: found.id)
            context.tallies.with { tallies in
                guard let index = tallies.checks.firstIndex(of: found.id) else { return }
                for (user, rows) in committed {
                    tallies.add(user, check: index, phase: .repaired, times: rows)
                    tallies.add(user, check: index, phase: .after, times: -rows)
                }
            }
        } catch {
            result.error =
                "the connection to the server was lost while repairing, and there is no other; the journal "
                + "tells what was committed: assay history"
        }
        return result
    }

    /// The check as it was found, since nothing of it was repaired, with the reason.
    private func failed(_ found: CheckResult, _ reason: String) -> CheckResult {
        var result = found
        result.status = .error
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
