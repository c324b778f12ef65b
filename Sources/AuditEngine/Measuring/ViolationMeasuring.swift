import AuditModel
import Logging
import Postgres
import RunRecords
import SQLSyntax

/// Measures one check of kind `integrity` or `orphan` in a connection's open transaction.
struct ViolationMeasuring: Sendable {
    let check: Check
    let work: ViolationWork
    /// The check's position in the tallies.
    let index: Int
    /// Whether the violations are those before or after the repairs.
    let phase: UserTallies.Phase
    let context: MeasuringContext

    func measure(on connection: borrowing Connection) throws -> Measurement {
        let whole = try context.bind(work.find, of: check)
        let columns = try context.describe(whole, on: connection).columns
        try ReturnedColumns(names: columns.map(\.name)).refuseDoubles(of: work.find)
        let user = try check.user.map { try context.position(of: $0, in: columns, of: work.find) }
        let find = try narrowed(whole, to: user.map { columns[$0] }, on: connection)
        let key = try work.key.map { try context.position(of: $0, in: columns, of: work.find, named: "key") }
        let files = ViolationFiles(check: check.id, phase: phase, context: context)
        var recorder = try ViolationRecorder(
            columns: columns.map(\.name),
            userColumn: user,
            identity: RowIdentity(key: key, user: user),
            check: index,
            phase: phase,
            sampleRows: context.settings.sampleRows,
            tallies: context.tallies,
            file: files.createFindings(),
            identities: files.createIdentities()
        )
        try stream(find, on: connection) { record in
            try recorder.record(record)
            if recorder.count % 4096 == 0 { context.progress(.rows(check: check.id, count: recorder.count)) }
        }
        try recorder.finish()
        return Measurement(count: recorder.count, sample: recorder.sample, scope: try scope(on: connection))
    }

    /// The check's query, narrowed to one user when the run is.
    private func narrowed(
        _ whole: BoundStatement,
        to column: StatementShape.Column?,
        on connection: borrowing Connection
    ) throws -> BoundStatement {
        guard let user = context.settings.selection.userID, let column else { return whole }
        return try context.narrowed(work.find, of: check, to: user, column, on: connection)
    }

    /// Hands out each row as a CSV record.
    private func stream(
        _ find: BoundStatement,
        on connection: borrowing Connection,
        record: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard !find.parameters.isEmpty else {
            // The server writes CSV, and the bytes pass through: the least work for both. COPY takes no parameters.
            let copy = try context.bind(
                work.find,
                of: check,
                in: .copy
            )
            return try context.placing(errorsOf: copy) { try connection.copyOut(copy.sql, onData: record) }
        }
        var line: [UInt8] = []
        try context.placing(errorsOf: find) {
            _ = try connection.stream(find.sql, bytes: find.parameters) { row in
                line.removeAll(keepingCapacity: true)
                for column in 0..<row.columnCount {
                    if column > 0 { line.append(CSV.comma) }
                    CSV.append(row.bytes(column), to: &line, isAlone: row.columnCount == 1)
                }
                line.append(CSV.newline)
                try line.withUnsafeBytes(record)
            }
        }
    }

    /// The rows that the check looks at; nil when it does not say.
    func scope(on connection: borrowing Connection) throws -> Int? {
        guard let scope = work.scope else { return nil }
        let bound = try context.bind(scope, of: check)
        let table = try context.placing(errorsOf: bound) { try connection.query(bound.sql, bytes: bound.parameters) }
        guard table.rows.count == 1, table.rows[0].count == 1, let number = table.rows[0][0].flatMap({ Int($0) }) else {
            throw MeasuringError(scope.place, "the scope of a check is one row with one whole number")
        }
        return number
    }
}
