import AuditModel
import Logging
import Postgres
import RunRecords
import SQLSyntax

/// What one transaction of a repair does, between its begin and its commit.
struct RepairTransaction {
    struct Done {
        /// Violations in the portion.
        var found: Int
        var repaired: Int
        /// Violations of the whole check that are left.
        var left: Int
        /// By user, under the check's position 0.
        var counts: UserTallies
        /// The first rows that were changed: operation, key, user, changes.
        var sample: [[String?]]
        /// Why violations are left, such as `no owner`.
        var reasons: String?
    }

    let parent: CheckRepair
    let portion: RepairStatement.Portion
    /// The counts of this transaction alone, under the check's position 0.
    let tallies: TallyBook

    init(_ parent: CheckRepair, portion: RepairStatement.Portion) {
        self.parent = parent
        self.portion = portion
        tallies = TallyBook(checks: [parent.check.id])
    }

    func perform(on connection: borrowing Connection, into file: inout FileWriter) throws -> Done {
        if parent.settings.isDryRun { try Journal.prepare(on: connection) }
        // From here to the commit: what the query calls while it only counts may write, too.
        let witness = try WriteWitness.begin(on: connection)
        let before = try count(.before, on: connection)
        let statement = try statement(on: connection)
        if portion.number == 1 { try checkLimits(found: before, statement, on: connection) }
        let allowed = try allowedWrites(on: connection)
        try Journal.enter(parent.run, mode: .fix, suite: parent.suite, on: connection)
        var sample: [[String?]] = []
        let repaired = try execute(statement, on: connection, into: &file, sample: &sample)
        // What the tables put off to the commit happens now, so that it is counted, too.
        try connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        let left = try count(.after, on: connection)
        let reasons = try left > 0 ? reasonsForLeft(on: connection) : nil
        try checkWrites(witness.end(on: connection), by: statement, repaired: repaired, allowed: allowed)
        try compare()
        return Done(
            found: min(max(0, before - portion.offset), portion.limit ?? before),
            repaired: repaired,
            left: left,
            counts: tallies.with { $0 },
            sample: sample,
            reasons: reasons
        )
    }

    private func allowedWrites(on connection: borrowing Connection) throws -> AllowedWrites {
        do {
            return try AllowedWrites.read(parent.repair.alsoWrites, on: connection)
        } catch let mistake as AllowedWrites.Mistake {
            throw RepairRefusal(place: parent.repair.fix.place, message: "nothing was repaired: \(mistake.message)")
        }
    }

    private func count(_ phase: UserTallies.Phase, on connection: borrowing Connection) throws -> Int {
        var context = parent.context
        context.tallies = tallies
        return try UserCounting(check: parent.check, work: parent.work, index: 0, context: context)
            .count(phase, on: connection)
    }

    private func statement(on connection: borrowing Connection) throws -> RepairStatement {
        let name = parent.repair.table
        guard let table = try TableShape.read(TableName(name)?.quoted ?? name, on: connection) else {
            let mistake = try RelationName.whyUnrepairable(name, on: connection)
            throw RepairRefusal(place: parent.repair.fix.place, message: "nothing was repaired: \(mistake)")
        }
        try parent.context.verifyParameters(of: parent.repair, parent.work, parent.check, on: connection)
        let find = parent.work.find
        let columns = try parent.context.describe(parent.context.bind(find, of: parent.check), on: connection).columns
        var user: UserCondition?
        let selected = parent.context.settings.selection.userID
        if let selected, let column = columns.first(where: { $0.name == parent.check.user }) {
            user = try parent.context.condition(for: selected, column, of: find, of: parent.check, on: connection)
        }
        return try RepairStatement(
            check: parent.check,
            find: find,
            repair: parent.repair,
            table: table,
            columns: columns,
            user: user
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
        _ = try connection.stream(bound.sql, bytes: bound.parameters) { row in
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
            tallies.with { _ = $0.add(owner, check: 0, phase: .repaired) }
            let isInserted = statement.operation == .insert
            let changes = row.bytes(Result.changes).flatMap { isInserted ? InsertedValues.changes(of: $0) : Array($0) }
            if sample.count < parent.context.settings.sampleRows {
                let changes = changes.map { ShortJSON.abridged(String(decoding: $0, as: UTF8.self)) }
                sample.append([statement.operation.rawValue, row.text(Result.key), row.text(Result.user), changes])
            }
            parent.logger.debug("\(parent.check.id): \(statement.operation.rawValue) \(row.text(Result.key) ?? "")")
            line.removeAll(keepingCapacity: true)
            line.append(contentsOf: prefix)
            for column in [Result.key, Result.user, Result.before] {
                line.append(CSV.comma)
                CSV.append(row.bytes(column), to: &line)
            }
            line.append(CSV.comma)
            changes?.withUnsafeBytes { CSV.append($0, to: &line) }
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

    private func reasonsForLeft(on connection: borrowing Connection) throws -> String? {
        guard let column = parent.repair.leftBecause else { return nil }
        let bound = try parent.context.bind(parent.work.find, of: parent.check, in: .countByReason(column))
        let reasons = try parent.context.placing(errorsOf: bound) {
            try connection.query(bound.sql, bytes: bound.parameters).rows.map {
                ($0[0] ?? "no reason given", $0[1] ?? "0")
            }
        }
        return reasons.count == 1 ? reasons[0].0 : reasons.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
    }
}
