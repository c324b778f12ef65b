import Postgres

/// What the catalog knows of a table that a fix writes.
struct TableShape: Sendable, Equatable {
    /// The name as the server writes it, with its schema, quoted where needed.
    var name: String
    /// The columns of the primary key, else of another unique key without NULLs; empty when there is none.
    var key: [Column]
    var columns: [Column]

    struct Column: Sendable, Equatable {
        var name: String
        /// As SQL writes it, such as `character varying(20)`.
        var type: String
        /// Computed by the server; cannot be written.
        var isGenerated: Bool
    }

    /// Looks a table up by the name that a check file gives; nil when the database has none of that name.
    static func read(_ name: String, on connection: borrowing Connection) throws(PostgresError) -> TableShape? {
        // Three small queries: joined into one, a planner without statistics can lose itself in the catalog.
        let table = try connection.query(
            """
            /* assay: catalog */
            SELECT c.oid, format('%I.%I', n.nspname, c.relname)
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.oid = (SELECT to_regclass($1)) AND c.relkind IN ('r', 'p')
            """,
            [name]
        )
        guard let row = table.rows.first, let oid = row[0], let fullName = row[1] else { return nil }
        let attributes = try connection.query(
            """
            /* assay: catalog */
            SELECT attnum, attname, format_type(atttypid, atttypmod), attgenerated <> ''
            FROM pg_attribute WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """,
            [oid]
        )
        let numbered = attributes.rows.map { row in
            (number: row[0], column: Column(name: row[1] ?? "", type: row[2] ?? "text", isGenerated: row[3] == "t"))
        }
        let key = try connection.query(
            """
            /* assay: catalog */
            SELECT (SELECT string_agg(k.attnum::text, ' ' ORDER BY k.place)
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place) WHERE k.place <= i.indnkeyatts)
            FROM pg_index AS i
            WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
                AND NOT EXISTS (
                    SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
                    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                    WHERE k.place <= i.indnkeyatts AND NOT a.attnotnull
                )
            ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
            LIMIT 1
            """,
            [oid]
        )
        let numbers = key.firstValue?.split(separator: " ").map(String.init) ?? []
        return TableShape(
            name: fullName,
            key: numbers.compactMap { number in numbered.first { $0.number == number }?.column },
            columns: numbered.map(\.column)
        )
    }
}
