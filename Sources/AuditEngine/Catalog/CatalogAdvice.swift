import Postgres
import SQLSyntax
import Wording

/// Looks into the database's catalog for the name that somebody most likely meant.
struct CatalogAdvice: Sendable {
    /// How names are to be written where the advice is followed.
    enum Notation: Sendable {
        /// In a statement: in quotes where they need them.
        case sql
        /// In the front matter: exact, without quotes.
        case plain
    }

    let missing: MissingName
    var notation = Notation.sql

    /// One sentence; nil when nothing in the catalog is like the name.
    func sentence(on connection: borrowing Connection) throws(PostgresError) -> String? {
        switch missing.kind {
        case .table: try table(on: connection)
        case .column(let tables): try column(of: tables, on: connection)
        }
    }

    /// So many names at most are compared.
    private static let limit = 20_000

    private func table(on connection: borrowing Connection) throws(PostgresError) -> String? {
        guard let wanted = missing.parts.last else { return nil }
        let schema = missing.parts.dropLast().last
        let result = try connection.query(
            """
            /* assay: catalog */
            SELECT n.nspname, c.relname, pg_catalog.pg_table_is_visible(c.oid)
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
                AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_(toast_)?temp_'
            ORDER BY 1, 2 LIMIT \(Self.limit)
            """
        )
        let found = result.rows.map { Table(schema: $0[0] ?? "", name: $0[1] ?? "", isVisible: $0[2] == "t") }
        return Self.nearest(wanted, in: schema, among: found).map { group, isSame in
            isSame ? "There is \(list(group)): write it so" : "Did you mean \(list(group))?"
        }
    }

    /// A table of the database.
    private struct Table {
        var schema: String
        var name: String
        /// It is found by its name alone.
        var isVisible: Bool
    }

    /// The tables of the same name but for case or schema, or else those of the nearest name.
    private static func nearest(
        _ wanted: String,
        in schema: String?,
        among tables: [Table]
    ) -> (tables: [Table], isSame: Bool)? {
        func isLike(_ a: String, _ b: String) -> Bool { a.lowercased() == b.lowercased() }
        let sameName = tables.filter { isLike($0.name, wanted) }
        let sameSchema = schema.map { schema in sameName.filter { isLike($0.schema, schema) } } ?? []
        for found in [sameSchema, sameName] where !found.isEmpty {
            return (found, true)
        }
        let inSchema = schema.map { schema in tables.filter { isLike($0.schema, schema) } } ?? []
        for group in [inSchema, tables] {
            guard let nearest = NearestName.of(wanted, among: group.map(\.name)) else { continue }
            return (group.filter { $0.name == nearest }, false)
        }
        return nil
    }

    private func column(of tables: [TableName], on connection: borrowing Connection) throws(PostgresError) -> String? {
        guard let wanted = missing.parts.last, !tables.isEmpty else { return nil }
        let names = "{" + tables.map { "\"\(Self.escaped($0.quoted))\"" }.joined(separator: ",") + "}"
        let result = try connection.query(
            """
            /* assay: catalog */
            SELECT DISTINCT a.attname
            FROM pg_catalog.unnest($1::text[]) AS named (name)
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = pg_catalog.to_regclass(named.name)
            WHERE a.attnum > 0 AND NOT a.attisdropped
            ORDER BY 1 LIMIT \(Self.limit)
            """,
            [names]
        )
        let columns = result.rows.compactMap { $0.first.flatMap { $0 } }
        if let same = columns.first(where: { $0.lowercased() == wanted.lowercased() }) {
            return "There is a column \(written(same)): write it so"
        }
        return NearestName.of(wanted, among: columns).map { "Did you mean \(written($0))?" }
    }

    private func list(_ tables: [Table]) -> String {
        let names = tables.prefix(3).map { table in
            (table.isVisible ? [table.name] : [table.schema, table.name]).map(written).joined(separator: ".")
        }
        return names.joined(separator: " and ") + (tables.count > names.count ? " and others" : "")
    }

    private func written(_ name: String) -> String {
        notation == .sql ? SQLText.quoted(identifier: name) : name
    }

    private static func escaped(_ element: String) -> String {
        element.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}
