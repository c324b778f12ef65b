import Postgres
import SQLSyntax

/// Finds out which rows of a group need others of it: a child its parent, and a row the unique value that another still has.
struct UndoDependencies {
    let group: UndoGroup
    let settings: UndoSettings

    /// The rows of the group, in parts that are taken back together.
    func parts(on connection: borrowing Connection) throws -> [[Int]] {
        var ids: [Int] = []
        _ = try connection.stream(
            "/* assay: \(group.check) */ SELECT id FROM (\n\(group.journal)\n) AS journal ORDER BY id",
            group.parameters(of: settings)
        ) { row in
            if let id = row.text(0).flatMap({ Int($0) }) { ids.append(id) }
        }
        var needs: [(row: Int, needed: Int)] = []
        for link in try links(on: connection) {
            _ = try connection.stream(text(link), group.parameters(of: settings)) { row in
                guard let one = row.text(0).flatMap({ Int($0) }), let other = row.text(1).flatMap({ Int($0) }) else {
                    return
                }
                // What was created with its parent goes before it.
                needs.append(group.operation == .insert ? (other, one) : (one, other))
            }
        }
        // What was removed comes back as it was created; all else is taken back from its end.
        return UndoOrder(ids: ids, needs: needs).parts(descending: group.operation != .delete)
    }

    /// Columns of a row that name another row of the table by its columns.
    private struct Link {
        let own: [String]
        let other: [String]
    }

    private func links(on connection: borrowing Connection) throws -> [Link] {
        let references = """
            SELECT \(Self.names("c.conrelid", "c.conkey")), \(Self.names("c.confrelid", "c.confkey"))
            FROM pg_constraint AS c
            WHERE c.contype = 'f' AND c.conrelid = to_regclass($1)
                AND c.confrelid IN (c.conrelid, coalesce(pg_partition_root(c.conrelid), c.conrelid))
            """
        let unique = """
            SELECT \(Self.names("i.indrelid", "i.indkey::int2[]")), \(Self.names("i.indrelid", "i.indkey::int2[]"))
            FROM pg_index AS i
            WHERE i.indisunique AND i.indrelid = to_regclass($1) AND i.indpred IS NULL AND i.indexprs IS NULL
                AND i.indnatts = i.indnkeyatts
            """
        let rows = try connection.query(
            "/* assay: catalog */ \(group.operation == .update ? unique : references)",
            [group.table]
        ).rows
        let links = rows.map { Link(own: arrayElements($0[0] ?? "{}"), other: arrayElements($0[1] ?? "{}")) }
        return links.filter { ($0.own + $0.other).allSatisfy(group.columns.contains) }
    }

    /// The names of numbered columns, as an array of texts.
    private static func names(_ table: String, _ numbers: String) -> String {
        """
        ARRAY(
            SELECT a.attname FROM unnest(\(numbers)) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute AS a ON a.attrelid = \(table) AND a.attnum = k.number ORDER BY k.place
        )::text
        """
    }

    private func text(_ link: Link) -> String {
        let (one, other) =
            switch group.operation {
            case .insert: ("after", "after")
            // The value that a row is to have again is the one that another has been given.
            case .update: ("before", "after")
            case .delete: ("before", "before")
            }
        // A full join is never done row by row; a coalesce does not let the planner make it an inner one.
        return """
            /* assay: \(group.check) */
            WITH journal AS MATERIALIZED (
            \(group.journal)
            ), one AS (\(Self.values(of: one, link.own))), other AS (\(Self.values(of: other, link.other)))
            SELECT one.id, other.id FROM one FULL JOIN other ON one.link = other.link
            WHERE coalesce(one.id, -1) <> coalesce(other.id, -1) AND coalesce(one.id, -1) > 0 AND coalesce(other.id, -1) > 0
            """
    }

    private static func values(of image: String, _ columns: [String]) -> String {
        let values = columns.map { "\(image) ->> \(SQLText.quoted(literal: $0))" }
        return "SELECT id, jsonb_build_array(\(values.joined(separator: ", "))) AS link FROM journal WHERE "
            + values.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
    }
}
