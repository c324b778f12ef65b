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
            throw MeasuringError(repair.fix.place, "the fix is not one INSERT, UPDATE or DELETE")
        }
        self.target = target
        operation =
            switch parsed.kind {
            case .insert: .insert
            case .update: .update
            default: .delete
            }
        if target.returns {
            throw MeasuringError(
                repair.fix.place,
                "the fix has a RETURNING clause; leave it out, the journal has its own"
            )
        }
        if target.updatesOnConflict {
            throw MeasuringError(repair.fix.place, "ON CONFLICT DO UPDATE changes rows that were no violations")
        }
        if table.key.isEmpty {
            throw MeasuringError(
                repair.fix.place,
                "the table \(table.name) has neither a primary key nor a unique one without NULLs, "
                    + "so that a repaired row could not be taken back"
            )
        }
        if linking.isEmpty {
            throw MeasuringError(
                repair.fix.place,
                "none of the check's key columns is a column of \(table.name) that the fix leaves as it is, so that a "
                    + "repaired row could not be told from another; name shared columns in `key:`"
            )
        }
        if operation == .update, stable.isEmpty {
            throw MeasuringError(
                repair.fix.place,
                "the fix changes the key of \(table.name), and the check's key names no column by which a row could be "
                    + "told from another all the same"
            )
        }
    }

    /// The columns by which a repaired row is known to be a violation.
    private var linking: [(column: StatementShape.Column, own: TableShape.Column)] {
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
    private var stable: [TableShape.Column] {
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

    /// What each row of the result holds, in this order.
    enum Result {
        static let isViolation = 0, user = 1, key = 2, before = 3
    }

    /// The fix sees `violations` and no other name of this statement's.
    private func text(_ portion: Portion) -> String {
        let reference = target.reference
        let links = linking.indices.map { "\(reference).\(quoted(linking[$0].own.name)) AS link_\($0)" }
        let stables = stable.indices.map { "\(reference).\(quoted(stable[$0].name)) AS stable_\($0)" }
        let returned = links + (operation == .update ? stables : [])
        return """
            WITH violations AS MATERIALIZED (
            \(violations(portion))
            ), fixed AS (
            \(repair.fix.text)
            RETURNING \(table.image(of: reference)) AS image, true AS is_fixed, \(returned.joined(separator: ", "))
            ), known AS (
            SELECT \(linking.indices.map { "\(violation($0)) AS link_\($0)" }.joined(separator: ", ")), \
            true AS is_known, min(\(owner)) AS owner
            FROM violations GROUP BY \(linking.indices.map { String($0 + 1) }.joined(separator: ", "))
            )
            INSERT INTO assay.repairs AS journal
                (run, check_id, batch, table_name, operation, key, before, after, user_id)
            SELECT :assay_run,
                :assay_check,
                -- A row that was no violation is told by a negative batch, and taken back.
                CASE WHEN known.is_known THEN :assay_batch::int ELSE -:assay_batch::int END,
                \(SQLText.quoted(literal: table.name)),
                \(SQLText.quoted(literal: operation.rawValue)),
                jsonb_build_object(\(keyPairs)),
                \(images),
                known.owner
            FROM fixed\(previous)
            -- The planner takes both for a row or two: a full join is never done row by row, which would take the square of
            -- the time, and a coalesce does not let the planner make it another one.
            FULL JOIN known ON \(linking.indices.map(isLinked).joined(separator: " AND "))
            WHERE coalesce(fixed.is_fixed, false)
            RETURNING batch > 0, user_id, key, before
            """
    }

    /// The rows that `find` returns, narrowed to the portion.
    private func violations(_ portion: Portion) -> String {
        guard user != nil || portion.limit != nil else { return find.text }
        var text = "SELECT * FROM (\n\(find.text)\n) AS whole"
        if let user, let column = userColumn {
            text += " WHERE " + user.sql("whole", column.name, text: ":assay_user", value: ":assay_user_value")
        }
        if portion.limit != nil {
            let links = linking.map { "whole.\(quoted($0.column.name))" }.joined(separator: ", ")
            // Of several violations with one key, the same ones must stand in front each time.
            text += " ORDER BY \(links), whole::text OFFSET :assay_offset::bigint LIMIT :assay_limit::bigint"
        }
        return text
    }

    private var userColumn: StatementShape.Column? {
        columns.first { $0.name == check.user }
    }

    private var owner: String {
        guard let user = userColumn else { return "NULL::text" }
        // As the server writes it, which a cast does otherwise; no user is NULL.
        return "nullif(pg_catalog.format('%s', \(quoted(user.name))), '')"
    }

    /// A column of a violation, in the type of the table's own.
    private func violation(_ link: Int) -> String {
        let (column, own) = linking[link]
        let isSame = column.typeName == own.type || column.typeName == own.plainType
        return quoted(column.name) + (isSame ? "" : "::\(own.plainType)")
    }

    private func isLinked(_ link: Int) -> String {
        let sides = ["known.link_\(link)", "fixed.link_\(link)"]
        guard linking[link].own.isNullable else { return sides.joined(separator: " = ") }
        // NULL is like NULL here, in a form that a hash join takes.
        return sides.map { "jsonb_build_array(\($0))" }.joined(separator: " = ")
    }

    private var keyPairs: String {
        table.key.map { "\(SQLText.quoted(literal: $0.name)), fixed.image -> \(SQLText.quoted(literal: $0.name))" }
            .joined(separator: ", ")
    }

    /// The row before and after.
    private var images: String {
        switch operation {
        case .insert: "NULL::jsonb, fixed.image"
        case .update: "\(table.image(of: "previous")), fixed.image"
        case .delete: "fixed.image, NULL::jsonb"
        }
    }

    /// The table as it was before an update.
    private var previous: String {
        guard operation == .update else { return "" }
        let conditions = stable.indices.map { index in
            let sides = ["previous.\(quoted(stable[index].name))", "fixed.stable_\(index)"]
            return stable[index].isNullable
                ? sides.map { "jsonb_build_array(\($0))" }.joined(separator: " = ") : sides.joined(separator: " = ")
        }
        // A trigger may have given the row another's key: what tells violations apart must be the same, too.
        let links = linking.indices.map { index in
            "previous.\(quoted(linking[index].own.name)) IS NOT DISTINCT FROM fixed.link_\(index)"
        }
        return "\nLEFT JOIN \(table.name) AS previous ON \((conditions + links).joined(separator: " AND "))"
    }

    private func quoted(_ name: String) -> String { SQLText.quoted(identifier: name) }
}
