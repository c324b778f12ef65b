import Postgres
import SQLSyntax

/// What the catalog knows of a table that a fix writes.
struct TableShape: Sendable, Equatable {
    /// The object id.
    var id: String
    /// The name as the server writes it, with its schema, quoted where needed.
    var name: String
    /// The table whose partition this is, or that itself: the server's counters are kept by it.
    var root: String
    /// A table that inherits from it, and whose rows are its own too unless a statement says `ONLY`; no partition.
    var heir: String?
    /// Its own rows, as a `FROM` clause names them: a fix changes no row of a table that inherits from it.
    var own: String { heir == nil ? name : "ONLY \(name)" }

    /// The columns of the primary key, else of another unique key without NULLs; empty when there is none.
    var key: [Column]
    var columns: [Column]

    struct Column: Sendable, Equatable {
        var name: String
        /// As SQL writes it, such as `character varying(20)`.
        var type: String
        /// The same without length or precision.
        var plainType: String
        /// The type under a domain, without length or precision: a cast to it cuts nothing.
        var baseType: String
        /// Computed by the server; cannot be written.
        var isGenerated: Bool
        var isNullable: Bool
        /// Two values can be compared for a join.
        var isComparable: Bool
        /// `to_jsonb` would lose something of its values, so that an image holds them as text.
        var isImagedAsText: Bool
    }

    /// Looks a table up by its name as SQL writes it; nil when the database has none of that name.
    static func read(_ name: String, on connection: borrowing Connection) throws(PostgresError) -> TableShape? {
        // Three small queries: joined into one, a planner without statistics can lose itself in the catalog.
        let table = try connection.query(
            """
            /* assay: catalog */
            SELECT c.oid, format('%I.%I', n.nspname, c.relname), format('%I.%I', s.nspname, root.relname),
                (SELECT min(i.inhrelid::regclass::text) FROM pg_inherits AS i
                WHERE i.inhparent = c.oid AND c.relkind = 'r')
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_class AS root ON root.oid = coalesce(pg_partition_root(c.oid), c.oid)
            JOIN pg_namespace AS s ON s.oid = root.relnamespace
            WHERE c.oid = (SELECT to_regclass($1)) AND c.relkind IN ('r', 'p')
            """,
            [name]
        )
        guard let row = table.rows.first, let oid = row[0], let fullName = row[1], let root = row[2] else { return nil }
        let columns = try columns(of: oid, on: connection)
        let numbers = try keyNumbers(of: oid, on: connection)
        return TableShape(
            id: oid,
            name: fullName,
            root: root,
            heir: row[3],
            key: numbers.compactMap { number in columns.first { $0.number == number }?.column },
            columns: columns.map(\.column)
        )
    }

    /// The columns with their numbers.
    private static func columns(
        of oid: String,
        on connection: borrowing Connection
    ) throws(PostgresError) -> [(number: String, column: Column)] {
        // Arrays lose their bounds as jsonb, composites hold what loses something, a JSON null becomes NULL, and a type
        // that has a cast to json may have no way back. As a number of JSON, a float loses the sign of zero.
        let attributes = try connection.query(
            """
            /* assay: catalog */
            SELECT a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, NULL),
                a.attgenerated <> '', NOT \(Self.isNeverNull),
                base.typcategory <> 'G' AND base.oid NOT IN ('json'::regtype, 'xml'::regtype)
                    AND element.oid IS DISTINCT FROM 'json'::regtype AND element.oid IS DISTINCT FROM 'xml'::regtype
                    AND element.typcategory IS DISTINCT FROM 'G',
                base.typcategory = 'A' OR base.typtype = 'c' OR base.oid IN
                    ('json'::regtype, 'jsonb'::regtype, 'real'::regtype, 'double precision'::regtype)
                    OR EXISTS (SELECT FROM pg_cast AS c WHERE c.castsource = base.oid AND c.casttarget = 'json'::regtype),
                format_type(base.oid, NULL)
            FROM pg_attribute AS a
            JOIN pg_type AS own ON own.oid = a.atttypid
            JOIN pg_type AS base ON base.oid = (
                WITH RECURSIVE domain AS (
                    SELECT own.oid, own.typbasetype
                    UNION ALL
                    SELECT next.oid, next.typbasetype
                    FROM domain JOIN pg_type AS next ON next.oid = domain.typbasetype
                )
                SELECT oid FROM domain WHERE typbasetype = 0
            )
            LEFT JOIN pg_type AS element ON element.oid = base.typelem AND base.typcategory = 'A'
            WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """,
            [oid]
        )
        return attributes.rows.map { row in
            let column = Column(
                name: row[1] ?? "",
                type: row[2] ?? "text",
                plainType: Self.unbounded(row[3] ?? "text"),
                baseType: Self.unbounded(row[8] ?? "text"),
                isGenerated: row[4] == "t",
                isNullable: row[5] == "t",
                isComparable: row[6] == "t",
                isImagedAsText: row[7] == "t"
            )
            return (row[0] ?? "", column)
        }
    }

    /// Of a column `a`: from PostgreSQL 18 on, NOT NULL … NOT VALID leaves the NULLs that are there.
    private static let isNeverNull = """
        (a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint AS v
            WHERE v.conrelid = a.attrelid AND v.contype = 'n' AND NOT v.convalidated AND v.conkey = ARRAY[a.attnum]))
        """

    /// The names `character` and `bit` alone mean a length of one, for an array's elements, too.
    private static func unbounded(_ type: String) -> String {
        switch type {
        case "character": "bpchar"
        case "character[]": "bpchar[]"
        case "bit": "bit varying"
        case "bit[]": "bit varying[]"
        default: type
        }
    }

    /// The numbers of the columns of the primary key, else of the smallest unique one without NULLs.
    private static func keyNumbers(
        of oid: String,
        on connection: borrowing Connection
    ) throws(PostgresError) -> [String] {
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
                    WHERE k.place <= i.indnkeyatts AND NOT \(Self.isNeverNull)
                )
            ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
            LIMIT 1
            """,
            [oid]
        )
        return key.firstValue?.split(separator: " ").map(String.init) ?? []
    }

    /// A row as `jsonb`, from which it can be made again.
    ///
    /// - Parameter reference: the name by which the statement knows the row.
    func image(of reference: String) -> String {
        guard columns.contains(where: \.isImagedAsText) else { return "to_jsonb(\(reference).*)" }
        let pairs = columns.map { column in
            let value = "\(reference).\(SQLText.quoted(identifier: column.name))"
            return "\(SQLText.quoted(literal: column.name)), \(value)\(column.isImagedAsText ? "::text" : "")"
        }
        // A function takes at most a hundred arguments.
        let objects = stride(from: 0, to: pairs.count, by: 50).map { start in
            "jsonb_build_object(\(pairs[start..<min(start + 50, pairs.count)].joined(separator: ", ")))"
        }
        return "(\(objects.joined(separator: " || ")))"
    }
}
