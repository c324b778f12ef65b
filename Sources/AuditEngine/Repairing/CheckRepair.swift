import AuditModel
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
    let ledger: RunLedger
    /// Is told of each row, at level debug.
    let logger: Logger

    /// Counts, repairs, journals, counts again, and compares; what does not agree is rolled back.
    ///
    /// What is committed is entered into the ledger at once. Throws when nothing was, when a batch failed, and when the
    /// run is being ended.
    func perform(on connection: borrowing Connection) throws {
        var file = try context.folder.repairs(of: check.id)
        // The rows as they are now are in the table and in the journal: they are not fetched as well.
        try file.write(CSV.line(Self.columns))
        var portion = RepairStatement.Portion(
            user: context.settings.selection.user,
            // A rehearsal is one transaction: the next batch could not see what was rolled back.
            limit: settings.isDryRun ? nil : settings.batch
        )
        var repaired = 0
        var isFull = true
        while isFull {
            let start = file.position
            let done: RepairTransaction.Done
            do {
                done = try retrying(on: connection) {
                    try file.cut(at: start)
                    return try inTransaction(on: connection) {
                        try RepairTransaction(self, portion: portion).perform(on: connection, into: &file)
                    }
                }
            } catch {
                try file.cut(at: start)
                try finish(&file, repaired: repaired)
                throw error
            }
            repaired += done.repaired
            enter(done, repaired: repaired)
            // A batch that was not full is the last.
            isFull = done.found == portion.limit
            guard isFull else { break }
            portion.number += 1
            // A fix may mend more than its batch held.
            portion.offset = max(0, portion.offset + done.found - done.repaired)
            context.progress(.rows(check: check.id, count: repaired))
            if settings.pause > .zero { try connection.pause(settings.pause) }
        }
        try finish(&file, repaired: repaired)
    }

    /// Of the file of repaired rows.
    static let columns = ["operation", "table", "key", "user", "before", "changes"]
    /// Of the first of them, in the record.
    static let sampleColumns = ["operation", "key", "user", "changes"]

    /// The check's statements in this transaction.
    var measuring: ViolationMeasuring {
        ViolationMeasuring(check: check, work: work, index: index, phase: .before, context: context)
    }

    private func finish(_ file: inout FileWriter, repaired: Int) throws {
        try file.finish()
        if repaired == 0 { context.folder.removeRepairs(of: check.id) }
    }

    /// Enters what one transaction did into the run's counts and ledger.
    private func enter(_ done: RepairTransaction.Done, repaired: Int) {
        let counts = done.counts
        context.tallies.with { run in
            if settings.isDryRun { run.clear(check: index, phase: .after) }
            for user in 0..<counts.count {
                let tally = counts.tally(check: 0, user: user)
                counts.withID(user) { id in
                    if tally.repaired > 0 { run.add(id, check: index, phase: .repaired, times: tally.repaired) }
                    if settings.isDryRun, tally.after > 0 {
                        run.add(id, check: index, phase: .after, times: tally.after)
                    }
                }
            }
        }
        let room = context.settings.sampleRows
        // Such as `9,800 repaired, 200 left: no owner`.
        let (would, wouldBe) = settings.isDryRun ? ("would be repaired", "would be left") : ("repaired", "left")
        let notes = done.reasons.map { ["\(repaired) \(would), \(done.left) \(wouldBe): \($0)"] } ?? []
        let sample = done.sample
        let predicted = settings.isDryRun ? done.left : nil
        if predicted == nil { ledger.commit(done.repaired, of: check.id) }
        ledger.change(check.id) { known in
            known.repair = .done(rows: repaired)
            known.predicted = predicted
            known.notes = notes
            known.repairs.columns = repaired > 0 ? Self.sampleColumns : []
            known.repairs.rows += sample.prefix(max(0, room - known.repairs.rows.count))
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
    private func retrying<R>(on connection: borrowing Connection, _ body: () throws -> R) throws -> R {
        var attempt = 1
        while true {
            do {
                return try body()
            } catch let error as PostgresError where error.isPassing && attempt < Self.attempts {
            } catch let error as PostgresError where error.mayPass && attempt < Self.fewAttempts {
            } catch let disturbance as Disturbance {
                guard attempt < Self.fewAttempts else { throw disturbance.error }
            } catch let error as PostgresError where !error.endsRun {
                throw MeasuringError(repair.fix.place, "the fix was rolled back: \(context.explanation(of: error))")
            }
            try connection.pause(.milliseconds(20 << attempt))
            attempt += 1
        }
    }

    private static let attempts = 8
    /// For what is more often the fix's own fault than somebody else's doing.
    private static let fewAttempts = 5
}

extension PostgresError {
    /// Another transaction was in the way, and the next attempt sees what it did.
    fileprivate var isPassing: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    /// A repeatable read does not see the row that somebody else just removed or added: the constraint tells first.
    fileprivate var mayPass: Bool { ["23503", "23505"].contains(sqlState?.rawValue) }
}
