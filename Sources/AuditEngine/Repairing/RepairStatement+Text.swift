import AuditModel
import Postgres
import SQLSyntax

/// The text of the statement.
extension RepairStatement {
    /// What each row of the result holds, in this order.
    enum Result {
        static let isViolation = 0, user = 1, key = 2, before = 3, changes = 4
    }

    /// The fix sees `violations` and no other name of this statement's.
    func text(_ portion: Portion) -> String {
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
            RETURNING batch > 0, user_id, key, before, \(operation == .insert ? "after" : operation.changes)
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
        return
            "\nLEFT JOIN \(target.isOnly ? "ONLY " : "")\(table.name) AS previous ON \((conditions + links).joined(separator: " AND "))"
    }

    private func quoted(_ name: String) -> String { SQLText.quoted(identifier: name) }
}

extension RepairStatement.Operation {
    /// The values that differ, each as it was and as it is; of an inserted row all but NULL.
    ///
    /// The texts are compared: 1.50 and 1.5 are equal numbers. The statement knows the row by the name `journal`.
    var changes: String {
        switch self {
        case .insert:
            """
            (SELECT jsonb_object_agg(value.key, jsonb_build_array(NULL, value.value))
                FROM jsonb_each(journal.after) AS value WHERE value.value <> 'null')
            """
        case .update:
            """
            (SELECT coalesce(jsonb_object_agg(was.key, jsonb_build_array(was.value, journal.after -> was.key)), '{}')
                FROM jsonb_each(journal.before) AS was WHERE was.value::text <> (journal.after -> was.key)::text)
            """
        case .delete: "NULL::jsonb"
        }
    }
}
