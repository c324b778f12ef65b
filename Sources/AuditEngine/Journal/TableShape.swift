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
        let table = try connection.query(
            """
            /* assay: catalog */
            SELECT format('%I.%I', n.nspname, c.relname), a.attname,
                format_type(a.atttypid, a.atttypmod), a.attgenerated <> '',
                array_position(k.key, a.attnum)
            FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN LATERAL (
                SELECT (i.indkey::int2[])[0:i.indnkeyatts - 1] AS key
                FROM pg_index AS i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid
                    AND i.indpred IS NULL AND i.indexprs IS NULL
                    AND NOT EXISTS (
                        SELECT FROM pg_attribute AS part
                        WHERE part.attrelid = c.oid AND NOT part.attnotnull
                            AND part.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                    )
                ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
                LIMIT 1
            ) AS k ON true
            WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p')
            ORDER BY a.attnum
            """,
            [name]
        )
        guard let first = table.rows.first, let fullName = first[0] else { return nil }
        let columns = table.rows.map { row in
            Column(name: row[1] ?? "", type: row[2] ?? "text", isGenerated: row[3] == "t")
        }
        let keyed = zip(columns, table.rows).compactMap { column, row in
            row[4].flatMap { Int($0) }.map { (column: column, position: $0) }
        }
        return TableShape(
            name: fullName,
            key: keyed.sorted { $0.position < $1.position }.map(\.column),
            columns: columns
        )
    }
}
