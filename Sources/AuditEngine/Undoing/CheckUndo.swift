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
    /// Other tables that triggers may write, by the names that the server's counters have.
    let alsoWrites: Set<String>
    /// Another transaction that is in the way leaves a row, and does not end this attempt of the undo.
    let isLastAttempt: Bool

    func perform(on connection: borrowing Connection) throws -> UndoneCheck {
        var done = UndoneCheck(check: check)
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
        done: inout UndoneCheck
    ) throws {
        let before = done.takenBack
        let statement: UndoStatement
        do {
            statement = try connection.withSavepoint {
                try UndoStatement(
                    group,
                    table: TableShape.read(group.table, on: connection),
                    changed: group.operation == .update ? changedColumns(group, on: connection) : []
                )
            }
        } catch let impossible as UndoStatement.Impossible {
            return try list(group, on: connection, into: &left, &done) { _ in impossible.reason }
        } catch let error as PostgresError where !error.endsUndo {
            return try list(group, on: connection, into: &left, &done) { _ in error.refusal(of: group.table) }
        }
        var undo = GroupUndo(
            statement,
            settings: settings,
            run: run.description,
            alsoWrites: alsoWrites,
            isLastAttempt: isLastAttempt,
            done: done
        )
        try undo.perform(on: connection, rows: &rows)
        done = undo.done
        let (obstacle, refused) = (undo.obstacle, undo.refused)
        guard done.takenBack - before < group.rows else { return }
        guard obstacle == nil else { return try list(group, on: connection, into: &left, &done) { _ in obstacle } }
        if !refused.isEmpty { try list(group, on: connection, into: &left, &done) { refused[$0] } }
        guard done.takenBack - before + refused.count < group.rows else { return }
        let (start, known) = (left.position, done)
        do {
            try connection.withSavepoint {
                try explain(statement, refused: refused, on: connection, into: &left, &done)
            }
        } catch let error as PostgresError where !error.endsUndo {
            try left.cut(at: start)
            done = known
            let reason = error.refusal(of: group.table)
            try list(group, on: connection, into: &left, &done) { refused[$0] == nil ? reason : nil }
        }
    }

    /// Lists the rows of a group that stay for a known reason.
    private func list(
        _ group: UndoGroup,
        on connection: borrowing Connection,
        into file: inout FileWriter,
        _ done: inout UndoneCheck,
        reason: (Int) -> String?
    ) throws {
        let sql = """
            /* assay: \(group.check) */
            SELECT id, key, user_id FROM (\n\(group.journal)\n) AS journal ORDER BY id
            """
        _ = try connection.stream(sql, group.parameters(of: settings)) { row in
            guard let reason = row.text(0).flatMap({ Int($0) }).flatMap(reason) else { return }
            done.left[reason, default: 0] += 1
            try file.write(CSV.line([group.table, row.text(1) ?? "", row.text(2) ?? "", reason]))
        }
    }

    /// Lists the rows of a group that stay though the database refused none of them, and says why.
    private func explain(
        _ statement: UndoStatement,
        refused: [Int: String],
        on connection: borrowing Connection,
        into file: inout FileWriter,
        _ done: inout UndoneCheck
    ) throws {
        typealias Left = UndoStatement.Left
        let parameters = statement.leftParameters(of: settings, without: refused.keys.sorted())
        _ = try connection.stream(statement.leftText, parameters) { row in
            let reason = row.text(Left.reason) ?? "it stays for an unknown reason"
            done.left[reason, default: 0] += 1
            let columns = row.text(Left.columns).map { ": \($0)" } ?? ""
            let (key, user) = (row.text(Left.key) ?? "", row.text(Left.user) ?? "")
            try file.write(CSV.line([statement.group.table, key, user, reason + columns]))
        }
    }

    private func changedColumns(_ group: UndoGroup, on connection: borrowing Connection) throws -> [String] {
        let sql = UndoStatement.changedColumns(group)
        return try connection.query(sql, group.parameters(of: settings)).rows.compactMap { $0[0] }
    }
}
