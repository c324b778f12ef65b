import AuditModel
import Postgres
import RunRecords

/// What the journal holds of one check of a run, when the connection was lost that repaired it.
struct CommittedRepairs: Sendable {
    var rows = 0
    /// The first of them.
    var sample = Sample()

    /// Writes the check's file of repaired rows anew and counts its users' rows anew: both hold what was committed.
    init(
        of check: Check,
        by run: RunID,
        context: MeasuringContext,
        on connection: borrowing Connection
    ) throws {
        try Journal.waitForOthers(of: run, on: connection)
        let index = context.tallies.index(of: check.id)
        context.tallies.with { $0.clear(check: index, phase: .repaired) }
        var file = try context.folder.repairs(of: check.id)
        try file.write(CSV.line(CheckRepair.columns))
        var (rows, lines) = (0, [[String?]]())
        var line: [UInt8] = []
        _ = try connection.stream(Self.sql, [run.description, check.id]) { row in
            rows += 1
            nonisolated(unsafe) let user = row.bytes(3) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            context.tallies.with { _ = $0.add(user, check: index, phase: .repaired) }
            if lines.count < context.settings.sampleRows {
                lines.append([row.text(0), row.text(2), row.text(3), row.text(5).map(ShortJSON.abridged)])
            }
            line.removeAll(keepingCapacity: true)
            for column in CheckRepair.columns.indices {
                if column > 0 { line.append(CSV.comma) }
                CSV.append(row.bytes(column), to: &line)
            }
            line.append(CSV.newline)
            try line.withUnsafeBytes { try file.write($0) }
        }
        try file.finish()
        if rows == 0 { context.folder.removeRepairs(of: check.id) }
        self.rows = rows
        if rows > 0 { sample = Sample(columns: CheckRepair.sampleColumns, rows: lines) }
    }

    /// The columns of `repairs/CHECK.csv`.
    private static let sql = """
        /* assay: journal */
        SELECT operation, table_name, key, user_id, before, CASE operation
            \(RepairStatement.Operation.allCases.map { "WHEN '\($0.rawValue)' THEN \($0.changes)" }.joined(separator: " "))
            END
        FROM assay.repairs AS journal WHERE run = $1 AND check_id = $2 ORDER BY id
        """
}
