import AuditModel
import Postgres
import RunRecords

/// Takes the journalled rows of one check back, in the open transaction of the undo.
struct CheckUndo {
    let check: String
    /// The last repaired first.
    let groups: [UndoGroup]
    let settings: UndoSettings
    /// The id of the run that takes back.
    let run: RunID
    let folder: RunFolder

    /// What became of the rows.
    struct Done: Sendable, Equatable {
        var check: String
        var takenBack = 0
        /// Rows that stay, by reason.
        var left: [String: Int] = [:]
        /// Rows that came back with another value in some column.
        var inexact = 0
        var inexactColumns: Set<String> = []
    }

    func perform(on connection: borrowing Connection) throws -> Done {
        var done = Done(check: check)
        var rows = try folder.repairs(of: check)
        try rows.write(CSV.line(["operation", "table", "key", "user", "before", "after"]))
        var left = try folder.left(of: check)
        try left.write(CSV.line(["table", "key", "user", "why"]))
        for group in groups {
            try take(group, on: connection, rows: &rows, left: &left, done: &done)
        }
        try rows.finish()
        try left.finish()
        if done.takenBack == 0 { folder.removeRepairs(of: check) }
        if done.left.isEmpty { folder.removeLeft(of: check) }
        return done
    }

    private func take(
        _ group: UndoGroup,
        on connection: borrowing Connection,
        rows: inout FileWriter,
        left: inout FileWriter,
        done: inout Done
    ) throws {
        let statement: UndoStatement
        do {
            statement = try UndoStatement(
                group,
                table: TableShape.read(group.table, on: connection),
                changed: group.operation == .update ? changedColumns(group, on: connection) : []
            )
        } catch let impossible as UndoStatement.Impossible {
            let all = UndoStatement.all(group, of: settings)
            try list(all.text, all.parameters, of: group, on: connection, into: &left, &done) { _ in impossible.reason }
            return
        }
        let before = done.takenBack
        var refused: [Int: String] = [:]
        try take(group.ids, of: group, with: statement, on: connection, rows: &rows, done: &done, refused: &refused)
        guard done.takenBack - before < group.rows else { return }
        try list(
            statement.leftText,
            statement.leftParameters(of: settings),
            of: group,
            on: connection,
            into: &left,
            &done
        ) {
            refused[$0]
        }
    }

    /// Takes a range of rows back; where the database refuses that, each half on its own, down to the row at fault.
    private func take(
        _ ids: ClosedRange<Int>,
        of group: UndoGroup,
        with statement: UndoStatement,
        on connection: borrowing Connection,
        rows: inout FileWriter,
        done: inout Done,
        refused: inout [Int: String]
    ) throws {
        let start = rows.position
        let attempt = done
        let reason: String
        do {
            try connection.withSavepoint {
                let counters = try WriteCounters.read(on: connection)
                let before = done.takenBack
                try execute(ids, of: group, with: statement, on: connection, rows: &rows, done: &done)
                try checkWrites(
                    WriteCounters.read(on: connection).since(counters),
                    of: group,
                    root: statement.root,
                    takenBack: done.takenBack - before
                )
            }
            return
        } catch let error as PostgresError where error.isAboutRows {
            reason = "refused by the database: \(error.message)"
        } catch let error as Refusal {
            reason = error.reason
        }
        try rows.cut(at: start)
        done = attempt
        guard ids.count > 1 else {
            refused[ids.lowerBound] = reason
            return
        }
        let middle = ids.lowerBound + ids.count / 2
        for half in [middle...ids.upperBound, ids.lowerBound...(middle - 1)] {
            try take(half, of: group, with: statement, on: connection, rows: &rows, done: &done, refused: &refused)
        }
    }

    private func execute(
        _ ids: ClosedRange<Int>,
        of group: UndoGroup,
        with statement: UndoStatement,
        on connection: borrowing Connection,
        rows: inout FileWriter,
        done: inout Done
    ) throws {
        typealias Result = UndoStatement.Result
        var line: [UInt8] = []
        let prefix = Array(CSV.line([group.operation.inverse.rawValue, group.table]).dropLast())
        let parameters = statement.parameters(ids, of: settings, undo: run.description)
        _ = try connection.stream(statement.text, parameters) { row in
            // A trigger gave a row another key: then it could not be told which one came back.
            guard row.bytes(Result.key) != nil else {
                throw Refusal(reason: "a trigger would give it another key")
            }
            done.takenBack += 1
            if let columns = row.text(Result.inexact) {
                done.inexact += 1
                done.inexactColumns.insert(columns)
            }
            line.removeAll(keepingCapacity: true)
            line.append(contentsOf: prefix)
            for column in [Result.key, Result.user, Result.before, Result.after] {
                line.append(CSV.comma)
                CSV.append(row.bytes(column), to: &line)
            }
            line.append(CSV.newline)
            try line.withUnsafeBytes { try rows.write($0) }
        }
    }

    /// Lists rows that stay.
    private func list(
        _ sql: String,
        _ parameters: [String?],
        of group: UndoGroup,
        on connection: borrowing Connection,
        into file: inout FileWriter,
        _ done: inout Done,
        reason: (Int) -> String?
    ) throws {
        typealias Left = UndoStatement.Left
        _ = try connection.stream(sql, parameters) { row in
            let known = row.text(Left.id).flatMap { Int($0) }.flatMap(reason)
            let reason = known ?? row.text(Left.reason) ?? "it stays for an unknown reason"
            done.left[reason, default: 0] += 1
            let columns = known == nil ? row.text(Left.columns).map { ": \($0)" } ?? "" : ""
            try file.write(
                CSV.line([group.table, row.text(Left.key) ?? "", row.text(Left.user) ?? "", reason + columns])
            )
        }
    }

    private func changedColumns(_ group: UndoGroup, on connection: borrowing Connection) throws -> [String] {
        let changed = UndoStatement.changedColumns(group, of: settings)
        return try connection.query(changed.text, changed.parameters).rows.compactMap { $0[0] }
    }
}

extension CheckUndo {
    /// Taking a row back would do more than that.
    private struct Refusal: Error {
        let reason: String
    }

    /// Compares what the server counted with what was taken back: nothing else may have been written, such as by a cascade.
    ///
    /// - Parameter root: the name by which the counters know the table.
    private func checkWrites(
        _ changes: WriteCounters.Changes,
        of group: UndoGroup,
        root: String,
        takenBack: Int
    ) throws {
        let writes = changes.tables
        if let other = changes.seized.first ?? writes.keys.filter({ $0 != root && $0 != "assay.repairs" }).min() {
            throw Refusal(reason: "it would also change \(other), by a trigger or a cascade")
        }
        // Each journalled row is marked once, however many rows of the table have its key.
        guard writes["assay.repairs"]?.updated ?? 0 == takenBack else {
            throw Refusal(reason: "several rows of \(group.table) have its key")
        }
        let counts = writes[root] ?? WriteCounters.Counts()
        let isHonest =
            switch group.operation {
            case .insert: counts.deleted == takenBack && counts.inserted == 0 && counts.updated == 0
            case .update: counts.updated + counts.inserted == takenBack && counts.inserted == counts.deleted
            case .delete: counts.inserted == takenBack && counts.deleted == 0 && counts.updated == 0
            }
        guard !isHonest else { return }
        throw Refusal(reason: "it would also change other rows of \(group.table), by a trigger or a cascade")
    }
}

extension RepairStatement.Operation {
    /// What takes the operation back.
    fileprivate var inverse: Self {
        switch self {
        case .insert: .delete
        case .update: .update
        case .delete: .insert
        }
    }
}

extension PostgresError {
    /// A constraint, a value or a trigger has something against a row, and perhaps not against the others.
    fileprivate var isAboutRows: Bool {
        ["22", "23", "44", "P0"].contains { sqlState?.rawValue.hasPrefix($0) ?? false }
    }
}
