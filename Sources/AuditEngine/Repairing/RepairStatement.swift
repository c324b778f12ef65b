import AuditModel
import Postgres
import SQLSyntax

/// The one statement that repairs the violations of a check and writes the journal.
///
/// It reads: the violations, the fix that reads from them, and an `INSERT` into the journal of what the fix returns.
/// The rows as they were before an `UPDATE` are read beside it: all parts of a statement see the state before it.
struct RepairStatement {
    let check: Check
    let find: Statement
    let repair: Repair
    let table: TableShape
    /// The columns that `find` returns.
    let columns: [StatementShape.Column]
    /// The one user whose rows are repaired; nil for all.
    let user: UserCondition?
    let target: ParsedStatement.Target
    let operation: Operation

    enum Operation: String {
        case insert, update, delete
    }

    /// Some of the violations: one batch, of one user or of all.
    struct Portion {
        var user: String?
        /// At most so many rows, after those that were left by earlier batches.
        var limit: Int?
        var offset = 0
        /// Counts the batches from 1.
        var number = 1
    }

    init(
        check: Check,
        find: Statement,
        repair: Repair,
        table: TableShape,
        columns: [StatementShape.Column],
        user: UserCondition? = nil
    ) throws {
        self.check = check
        self.find = find
        self.repair = repair
        self.table = table
        self.columns = columns
        self.user = user
        let parsed = try ParsedSQL(NamedParameters(repair.fix.text).text).statements.first
        guard let parsed, let target = parsed.target else {
            throw Self.refusal(repair, "the fix is not one INSERT, UPDATE or DELETE")
        }
        self.target = target
        operation =
            switch parsed.kind {
            case .insert: .insert
            case .update: .update
            default: .delete
            }
        if target.returns {
            throw Self.refusal(
                repair,
                "the fix has a RETURNING clause; leave it out, the journal has its own"
            )
        }
        if target.updatesOnConflict {
            throw Self.refusal(repair, "ON CONFLICT DO UPDATE changes rows that were no violations")
        }
        if let reserved = try Self.reservedParameter(in: [find, repair.fix]) {
            throw Self.refusal(
                repair,
                "the parameter :\(reserved) belongs to the program, which gives it a value of its own; name it otherwise"
            )
        }
        if let heir = table.heir, operation != .insert, !target.isOnly {
            throw Self.refusal(
                repair,
                "rows of \(heir), which inherits from \(table.name), would be changed as well, and be journalled without "
                    + "their own columns; write \(operation.rawValue.uppercased()) \(operation == .delete ? "FROM " : "")ONLY, "
                    + "and FROM ONLY in the query"
            )
        }
        if table.key.isEmpty {
            throw Self.refusal(
                repair,
                "the table \(table.name) has neither a primary key nor a unique one without NULLs, "
                    + "so that a repaired row could not be taken back"
            )
        }
        if linking.isEmpty {
            throw Self.refusal(
                repair,
                "none of the check's key columns is a column of \(table.name) that the fix leaves as it is, so that a "
                    + "repaired row could not be told from another; name shared columns in `key:`"
            )
        }
        if operation == .update, stable.isEmpty {
            throw Self.refusal(
                repair,
                "the fix changes the key of \(table.name), and the check's key names no column by which a row could be "
                    + "told from another all the same"
            )
        }
    }

    private static func refusal(_ repair: Repair, _ why: String) -> MeasuringError {
        MeasuringError(repair.fix.place, why)
    }

    /// Names that begin so are the repair's own.
    private static func reservedParameter(in statements: [Statement]) throws -> String? {
        try statements.flatMap { try NamedParameters($0.text).names }.first { $0.hasPrefix("assay_") }
    }

    /// The columns by which a repaired row is known to be a violation.
    var linking: [(column: StatementShape.Column, own: TableShape.Column)] {
        guard case .violations(let work) = check.work else { return [] }
        let returned = Set(columns.map(\.name))
        let key = table.key.map(\.name)
        // An inserted row has a key of its own, whatever the violation has under that name.
        let isKnownByKey = operation != .insert && key.allSatisfy { returned.contains($0) && !isAssigned($0) }
        let names = !work.key.isEmpty ? work.key : isKnownByKey ? key : columns.map(\.name)
        return columns.filter { names.contains($0.name) && !isAssigned($0.name) }.compactMap { column in
            guard let own = table.columns.first(where: { $0.name == column.name }), own.isComparable else { return nil }
            return (column, own)
        }
    }

    /// The columns by which a row after an update is known to be one before it.
    var stable: [TableShape.Column] {
        let key = table.key.filter { !isAssigned($0.name) }
        guard key.count < table.key.count else { return key }
        // A row that moves to another partition has another key.
        return key + linking.map(\.own).filter { !key.contains($0) }
    }

    private func isAssigned(_ column: String) -> Bool { target.assignedColumns.contains(column) }

    /// The statement for a portion of the violations, with its parameters.
    func bound(run: RunID, portion: Portion) throws -> BoundStatement {
        var values = check.parameters
        values["assay_run"] = .text(run.description)
        values["assay_check"] = .text(check.id)
        values["assay_batch"] = .text(String(portion.number))
        values["assay_user"] = user.map { .text(String(decoding: $0.textParameter, as: UTF8.self)) }
        values["assay_user_value"] = user?.valueParameter.map { .text(String(decoding: $0, as: UTF8.self)) }
        values["assay_limit"] = portion.limit.map { .text(String($0)) }
        values["assay_offset"] = .text(String(portion.offset))
        return try BoundStatement(Statement(text(portion), at: repair.fix.place), of: check.id, parameters: values)
    }
}
