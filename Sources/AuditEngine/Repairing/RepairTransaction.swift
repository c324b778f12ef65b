import AuditModel
import Logging
import Postgres
import RunRecords
import SQLSyntax

/// What one transaction of a repair does, between its begin and its commit.
struct RepairTransaction {
    struct Done {
        /// The check as it was found; only by the first transaction of a repair.
        var measured: CheckResult?
        /// Violations in the portion.
        var found: Int
        var repaired: Int
        /// Violations of the whole check that are left.
        var left: Int
        /// By user, under the check's position 0.
        var counts: UserTallies
        /// The first rows that were changed: operation, key, user.
        var sample: [[String?]]
        /// Why violations are left, such as `no owner`.
        var reasons: String?
    }

    private let parent: CheckRepair
    private let portion: RepairStatement.Portion
    /// The counts of this transaction alone, under the check's position 0.
    private let tallies: TallyBook

    init(_ parent: CheckRepair, portion: RepairStatement.Portion) {
        self.parent = parent
        self.portion = portion
        tallies = TallyBook(checks: [parent.check.id])
    }

    func perform(on connection: borrowing Connection, into file: inout FileWriter) throws -> Done {
        if parent.settings.isDryRun { try Journal.prepare(on: connection) }
        let measured = portion.number == 1 ? try parent.remeasured(on: connection) : nil
        let before: Int
        if let measured {
            before = measured.before ?? 0
            takeOverBefore()
            try checkLimits(measured)
        } else {
            before = try count(.before, on: connection)
        }
        let statement = try statement(on: connection)
        try Journal.enter(parent.run, mode: .fix, suite: parent.suite, on: connection)
        let counters = try WriteCounters.read(on: connection)
        var sample: [[String?]] = []
        let repaired = try execute(statement, on: connection, into: &file, sample: &sample)
        // What the tables put off to the commit happens now, so that it is counted, too.
        try connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try checkWrites(
            WriteCounters.read(on: connection).since(counters),
            by: statement,
            repaired: repaired,
            alsoWritten: alsoWritten(on: connection)
        )
        let left = try count(.after, on: connection)
        try compare()
        let reasons = try left > 0 ? reasonsForLeft(on: connection) : nil
        return Done(
            measured: measured,
            found: min(max(0, before - portion.offset), portion.limit ?? before),
            repaired: repaired,
            left: left,
            counts: tallies.with { $0 },
            sample: sample,
            reasons: reasons
        )
    }

    /// The tables that `also_writes` allows, by the names that counters have.
    private func alsoWritten(on connection: borrowing Connection) throws -> [String] {
        try parent.repair.alsoWrites.map { name in
            if let table = try TableShape.read(TableName(name)?.quoted ?? name, on: connection) { return table.root }
            throw MeasuringError(
                parent.repair.fix.place,
                "the fix was rolled back: the table \(name), which `also_writes` names, does not exist here"
            )
        }
    }

    private func count(_ phase: UserTallies.Phase, on connection: borrowing Connection) throws -> Int {
        var context = parent.context
        context.tallies = tallies
        return try UserCounting(check: parent.check, work: parent.work, index: 0, context: context)
            .count(phase, on: connection)
    }

    /// What was just measured into the run's counts is what this transaction begins with.
    private func takeOverBefore() {
        let run = parent.context.tallies.with { $0 }
        tallies.with { own in
            for user in 0..<run.count {
                let before = run.tally(check: parent.index, user: user).before
                guard before > 0 else { continue }
                run.withID(user) { own.add($0, check: 0, phase: .before, times: before) }
            }
        }
    }

    /// Refuses a repair that is larger than the check file allows: then something else is wrong.
    private func checkLimits(_ measured: CheckResult) throws {
        let limits = parent.repair.limits
        let found = measured.before ?? 0
        if let rows = limits.rows, found > rows {
            throw refusal("\(found) violations are more than the \(rows) that `fix_limits: rows` allows")
        }
        guard let share = limits.share, found > 0 else { return }
        guard let scope = measured.scope else {
            throw refusal("`fix_limits: share` needs a fence `sql scope`, which says of how many rows")
        }
        // Of one user's violations the scope is everybody's: the share would mean nothing.
        guard portion.user == nil else { return }
        guard scope > 0 else { throw refusal("\(found) of no rows at all are violations; is the scope right?") }
        guard Double(found) / Double(scope) > share else { return }
        let percent = { (part: Double) in "\((part * 1000).rounded() / 10) %" }
        throw refusal(
            "\(found) of \(scope) rows (\(percent(Double(found) / Double(scope)))) are violations, more than the "
                + "\(percent(share)) that `fix_limits: share` allows"
        )
    }

    private func refusal(_ why: String) -> MeasuringError {
        MeasuringError(
            parent.repair.fix.place,
            "nothing was repaired: \(why). Look for the cause first; then raise the limit in the check file"
        )
    }

    private func statement(on connection: borrowing Connection) throws -> RepairStatement {
        let name = parent.repair.table
        guard let table = try TableShape.read(TableName(name)?.quoted ?? name, on: connection) else {
            throw MeasuringError(
                parent.repair.fix.place,
                "there is no table \(name) here; a view or foreign table cannot be repaired"
            )
        }
        return try RepairStatement(
            check: parent.check,
            find: parent.work.find,
            repair: parent.repair,
            table: table,
            columns: parent.context.describe(
                parent.context.bind(parent.work.find, of: parent.check),
                on: connection
            ).columns
        )
    }

    /// Repairs and journals; returns the number of rows.
    private func execute(
        _ statement: RepairStatement,
        on connection: borrowing Connection,
        into file: inout FileWriter,
        sample: inout [[String?]]
    ) throws -> Int {
        let bound = try statement.bound(run: parent.run, portion: portion)
        typealias Result = RepairStatement.Result
        var repaired = 0
        var bystander: String?
        var rekeyed: String?
        var line: [UInt8] = []
        let prefix = Array(CSV.line([statement.operation.rawValue, statement.table.name]).dropLast())
        _ = try connection.stream(bound.sql, bound.parameters) { row in
            repaired += 1
            guard row.text(Result.isViolation) == "t" else {
                bystander = bystander ?? row.text(Result.key)
                return
            }
            if statement.operation == .update, row.bytes(Result.before) == nil {
                rekeyed = rekeyed ?? row.text(Result.key)
            }
            let user = row.bytes(Result.user) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            nonisolated(unsafe) let owner = user
            tallies.with { $0.add(owner, check: 0, phase: .repaired) }
            if sample.count < parent.context.settings.sampleRows {
                sample.append([statement.operation.rawValue, row.text(Result.key), row.text(Result.user)])
            }
            parent.logger.debug("\(parent.check.id): \(statement.operation.rawValue) \(row.text(Result.key) ?? "")")
            line.removeAll(keepingCapacity: true)
            line.append(contentsOf: prefix)
            for column in [Result.key, Result.user, Result.before] {
                line.append(CSV.comma)
                CSV.append(row.bytes(column), to: &line)
            }
            line.append(CSV.newline)
            try line.withUnsafeBytes { try file.write($0) }
        }
        if let bystander {
            throw lie("it changed a row that was no violation, with the key \(bystander)")
        }
        if let rekeyed {
            throw lie("it changed the key of a row, which has \(rekeyed) now, so that it could not be taken back")
        }
        return repaired
    }

    /// Compares what the server counted with what the fix returned.
    private func checkWrites(
        _ changes: WriteCounters.Changes,
        by statement: RepairStatement,
        repaired: Int,
        alsoWritten: [String]
    ) throws {
        if let table = changes.seized.first {
            throw lie(
                "it truncated or altered the table \(table), or locked it as only that does (by a trigger or a function)"
            )
        }
        let writes = changes.tables
        let own = ["assay.repairs", "assay.runs", "assay.journal"]
        let others = writes.keys.filter { $0 != statement.table.root && !own.contains($0) }.sorted()
            .filter { !alsoWritten.contains($0) }
        if let other = others.first, let counts = writes[other] {
            throw lie(
                "it wrote another table than `repairs` names: \(other), \(counts.inserted) rows inserted, "
                    + "\(counts.updated) updated, \(counts.deleted) deleted (by a trigger, a cascade or a function)"
            )
        }
        let counts = writes[statement.table.root] ?? WriteCounters.Counts()
        let isHonest =
            switch statement.operation {
            case .insert: counts.inserted == repaired && counts.deleted == 0 && counts.updated == 0
            // A row that moves to another partition is counted as deleted and inserted.
            case .update: counts.updated + counts.inserted == repaired && counts.inserted == counts.deleted
            case .delete: counts.deleted == repaired && counts.inserted == 0 && counts.updated == 0
            }
        guard !isHonest else { return }
        let error = lie(
            "it returned \(repaired) rows, and the server counted \(counts.inserted) inserted, \(counts.updated) updated, "
                + "\(counts.deleted) deleted in \(statement.table.name)"
        )
        // A row whose values somebody else was just inserting, and then was not, is inserted twice and deleted once.
        let mayBeConflict = statement.operation == .insert && counts.inserted - counts.deleted == repaired
        throw mayBeConflict && counts.updated == 0 ? CheckRepair.Disturbance(error: error) : error
    }

    /// For each user, as many violations must be left as were found less those repaired.
    private func compare() throws {
        let wrong = tallies.with { tallies in
            (0..<tallies.count).filter { user in
                let tally = tallies.tally(check: 0, user: user)
                return tally.after != tally.before - tally.repaired
            }.map { (tallies.id($0), tallies.tally(check: 0, user: $0)) }.prefix(2)
        }
        guard let (user, tally) = wrong.first else { return }
        let whose = user.isEmpty ? "without a user" : "of user \(user)"
        let more = wrong.count > 1 ? "; other users differ, too" : ""
        throw lie(
            "\(tally.before) violations \(whose) were found and \(tally.repaired) rows repaired, which leaves "
                + "\(tally.before - tally.repaired), but \(tally.after) were counted afterwards\(more)"
        )
    }

    private func reasonsForLeft(on connection: borrowing Connection) throws -> String? {
        guard let column = parent.repair.leftBecause else { return nil }
        let bound = try parent.context.bind(parent.work.find, of: parent.check, in: .countByReason(column))
        let reasons = try parent.context.placing(errorsOf: bound) {
            try connection.query(bound.sql, bound.parameters).rows.map { ($0[0] ?? "no reason given", $0[1] ?? "0") }
        }
        return reasons.count == 1 ? reasons[0].0 : reasons.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
    }

    private func lie(_ what: String) -> MeasuringError {
        MeasuringError(parent.repair.fix.place, "the fix was rolled back: \(what)")
    }
}
