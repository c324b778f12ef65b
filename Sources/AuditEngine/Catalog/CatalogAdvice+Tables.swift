import Postgres
import Wording

extension CatalogAdvice {
    /// A table, view or foreign table of the database.
    private struct Table {
        var schema: String
        var name: String
        /// It is found by its name alone.
        var isVisible: Bool
    }

    func table(_ wanted: String, on connection: borrowing Connection) throws(PostgresError) -> String? {
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
            guard isSame else { return "Did you mean \(list(group))?" }
            return group.count == 1
                ? "There is \(list(group)): write it so" : "There are \(list(group)): write the one that is meant"
        }
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

    private func list(_ tables: [Table]) -> String {
        let names = tables.prefix(3).map { table in
            (table.isVisible ? [table.name] : [table.schema, table.name]).map(written).joined(separator: ".")
        }
        return names.joined(separator: " and ") + (tables.count > names.count ? " and others" : "")
    }
}
