import AuditModel
import Glibc
import Logging
import Postgres
import RunRecords

/// Repairs the violations of one check, in one transaction or in batches.
struct CheckRepair: Sendable {
    let check: Check
    let work: ViolationWork
    let repair: Repair
    /// The check's position in the tallies.
    let index: Int
    let run: RunID
    let suite: Suite
    let context: MeasuringContext
    let settings: RepairSettings
    /// Is told of each commit.
    let ledger: RepairLedger
    /// Is told of each row, at level debug.
    let logger: Logger

    /// How a repair ended; what was committed before something went wrong stands.
    struct Outcome {
        var result: CheckResult
        var connectionLost = false
        /// The batch whose connection was lost: whether it was committed, the journal knows.
        var lostBatch: Int?
    }

    /// Counts, repairs, journals, counts again, and compares; what does not agree is rolled back.
    ///
    /// Throws when nothing was committed, and when the run is being ended.
    func perform(on connection: borrowing Connection) throws -> Outcome {
        var file = try context.folder.repairs(of: check.id)
        // The rows as they are now are in the table and in the journal: they are not fetched as well.
        try file.write(CSV.line(["operation", "table", "key", "user", "before", "changes"]))
        var portion = RepairStatement.Portion(
            user: context.settings.selection.user,
            // A rehearsal is one transaction: the next batch could not see what was rolled back.
            limit: settings.isDryRun ? nil : settings.batch
        )
        var result: CheckResult?
        var repaired = 0
        var failure: (any Error)?
        while true {
            let start = file.position
            let done: RepairTransaction.Done
            do {
                done = try retrying {
                    try file.cut(at: start)
                    return try inTransaction(on: connection) {
                        try RepairTransaction(self, portion: portion).perform(on: connection, into: &file)
                    }
                }
            } catch  where repaired > 0 && (error as? PostgresError)?.kind != .cancelled {
                try file.cut(at: start)
                failure = error
                break
            }
            enter(done.counts)
            ledger.add(settings.isDryRun ? 0 : done.repaired, of: check.id)
            repaired += done.repaired
            result = result ?? done.measured
            result?.after = done.left
            // Such as `9,800 repaired, 200 left: no owner`.
            result?.notes = done.reasons.map { ["\(repaired) repaired, \(done.left) left: \($0)"] } ?? []
            let room = max(0, context.settings.sampleRows - (result?.repairs.rows.count ?? 0))
            result?.repairs.rows += done.sample.prefix(room)
            // A batch that was not full is the last.
            guard let limit = portion.limit, done.found == limit else { break }
            portion.number += 1
            // A fix may mend more than its batch held.
            portion.offset = max(0, portion.offset + done.found - done.repaired)
            context.progress(.rows(check: check.id, count: repaired))
            if settings.pause > .zero { sleep(settings.pause) }
        }
        try file.finish()
        if repaired == 0 { context.folder.removeRepairs(of: check.id) }
        guard var result else { preconditionFailure("the first transaction measures the check") }
        result.repaired = repaired
        result.repairs.columns = repaired > 0 ? ["operation", "key", "user", "changes"] : []
        result.status = Status(of: result)
        if let failure {
            result.status = .error
            result.error =
                "\(repaired.of("row")) \(repaired == 1 ? "was" : "were") repaired, and then a batch failed: \(failure)"
        }
        let isLost = (failure as? PostgresError)?.connectionLost == true
        return Outcome(result: result, connectionLost: isLost, lostBatch: isLost ? portion.number : nil)
    }

    /// The check as the transaction sees it: findings, counts and sample anew.
    func remeasured(on connection: borrowing Connection) throws -> CheckResult {
        context.tallies.with { tallies in
            for phase in UserTallies.Phase.allCases { tallies.clear(check: index, phase: phase) }
        }
        context.folder.removeFindings(of: check.id)
        return try ViolationMeasuring(check: check, work: work, index: index, context: context).measure(on: connection)
    }

    /// Enters the counts of one transaction into the run's.
    private func enter(_ counts: UserTallies) {
        context.tallies.with { run in
            run.clear(check: index, phase: .after)
            for user in 0..<counts.count {
                let tally = counts.tally(check: 0, user: user)
                counts.withID(user) { id in
                    if tally.repaired > 0 { run.add(id, check: index, phase: .repaired, times: tally.repaired) }
                    if tally.after > 0 { run.add(id, check: index, phase: .after, times: tally.after) }
                }
            }
        }
    }

    /// Runs a body in a transaction that sees one state; an error, and a dry run, roll it back.
    private func inTransaction<R>(
        on connection: borrowing Connection,
        _ body: () throws -> R
    ) throws -> R {
        try connection.begin(.repeatableRead(readOnly: false, snapshot: nil))
        let result: R
        do {
            result = try body()
        } catch {
            try? connection.rollback()
            throw error
        }
        // A commit that fails has rolled back.
        if settings.isDryRun { try connection.rollback() } else { try connection.commit() }
        return result
    }

    /// What the fix did may be a lie, and may be another transaction's doing: only another attempt can tell.
    struct Disturbance: Error {
        let error: MeasuringError
    }

    /// Tries again, a few times, when another transaction was in the way.
    private func retrying<R>(_ body: () throws -> R) throws -> R {
        for attempt in 1...Self.attempts {
            do {
                return try body()
            } catch let error as PostgresError where error.isPassing && attempt < Self.attempts {
                sleep(.milliseconds(20 << attempt))
            } catch let error as PostgresError where error.mayPass && attempt < Self.fewAttempts {
                sleep(.milliseconds(20 << attempt))
            } catch let disturbance as Disturbance {
                guard attempt < Self.fewAttempts else { throw disturbance.error }
                sleep(.milliseconds(20 << attempt))
            } catch let error as PostgresError where !error.endsRun {
                throw MeasuringError(
                    repair.fix.place,
                    "the fix was rolled back: \(context.explanation(of: error))",
                    status: .rolledBack
                )
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }

    private static let attempts = 8
    /// For what is more often the fix's own fault than somebody else's doing.
    private static let fewAttempts = 5

    private func sleep(_ duration: Duration) {
        // The thread is the connection's own; a cancelled run notices at its next statement.
        var time = timespec()
        time.tv_sec = Int(duration.components.seconds)
        time.tv_nsec = Int(duration.components.attoseconds / 1_000_000_000)
        nanosleep(&time, nil)
    }
}

extension PostgresError {
    /// Another transaction was in the way, and the next attempt sees what it did.
    fileprivate var isPassing: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    /// A repeatable read does not see the row that somebody else just removed or added: the constraint tells first.
    fileprivate var mayPass: Bool { ["23503", "23505"].contains(sqlState?.rawValue) }
}

extension Status {
    /// How a check stands after its repair.
    init(of result: CheckResult) {
        if (result.after ?? 0) > 0 {
            self.init(violated: result.severity)
        } else {
            self = (result.repaired ?? 0) > 0 ? .repaired : .clear
        }
    }
}
