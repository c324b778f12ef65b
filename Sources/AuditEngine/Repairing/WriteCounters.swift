import Postgres

/// What the open transaction has written so far, as the server itself counts it, and the locks that tell of the rest.
struct WriteCounters: Sendable, Equatable {
    struct Counts: Sendable, Equatable {
        var inserted = 0
        var updated = 0
        var deleted = 0

        static func - (one: Self, other: Self) -> Self {
            Counts(
                inserted: one.inserted - other.inserted,
                updated: one.updated - other.updated,
                deleted: one.deleted - other.deleted
            )
        }
    }

    /// A table, view or the like; its object id tells it from others.
    struct Relation: Sendable, Hashable {
        var id: String
        /// With its schema, quoted where needed.
        var name: String
        /// As the catalog writes it: `r`, `p`, `m` for a materialized view, `f` for a foreign table.
        var kind: String
        /// The ids of the tables whose partition it is, the nearest first; itself is the first.
        var lineage: [String]
        /// The name of the table that all of them are partitions of.
        var root: String
        /// One of the server's own.
        var isCatalog: Bool
    }

    /// Rows written; tables without any are left out.
    private(set) var rows: [Relation: Counts] = [:]
    /// Tables that nobody else can even read: only `TRUNCATE`, DDL and `LOCK` do that, and no counter tells of them.
    private(set) var seized: Set<Relation> = []
    /// Relations whose entry in the catalog is this transaction's: created or altered.
    private(set) var altered: Set<Relation> = []
    /// Foreign tables that are locked for writing: of their rows the server counts none.
    private(set) var foreign: Set<Relation> = []
    /// The ids of relations that are locked, and are not there any more.
    private(set) var gone: Set<String> = []
    /// The ids of temporary relations that were created.
    private(set) var temporary: Set<String> = []

    /// Reads them. The counters hold what earlier transactions of the session wrote as well: differences count.
    static func read(on connection: borrowing Connection) throws -> WriteCounters {
        var counters = WriteCounters()
        try counters.readRows(on: connection)
        try counters.readLocks(on: connection)
        return counters
    }

    /// The columns of a relation, in the order that `relation` takes them.
    private static let relation = """
        c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind,
            (SELECT string_agg(a.relid::oid::text, ' ' ORDER BY a.place)
            FROM pg_partition_ancestors(c.oid) WITH ORDINALITY AS a (relid, place)),
            (SELECT format('%I.%I', s.nspname, r.relname) FROM pg_class AS r JOIN pg_namespace AS s ON s.oid = r.relnamespace
            WHERE r.oid = pg_partition_root(c.oid)),
            n.nspname = 'pg_catalog'
        """

    private static func relation(_ row: [String?]) -> Relation {
        let id = row[0] ?? ""
        let name = row[1] ?? ""
        return Relation(
            id: id,
            name: name,
            kind: row[2] ?? "",
            lineage: row[3]?.split(separator: " ").map(String.init) ?? [id],
            root: row[4] ?? name,
            isCatalog: row[5] == "t"
        )
    }

    private mutating func readRows(on connection: borrowing Connection) throws {
        let isCounting = try connection.query("/* assay: counters */ SELECT current_setting('track_counts')").firstValue
        guard isCounting == "on" else {
            throw AuditError.notPermitted(
                "the server does not count written rows (track_counts is off), so that a fix cannot be proved to "
                    + "have written nothing else. Nothing was changed. Turn track_counts on for this role."
            )
        }
        // A temporary table is the session's own, and the rows of TOAST are those of its table.
        let table = try connection.query(
            """
            /* assay: counters */
            SELECT \(Self.relation), s.inserted, s.updated, s.deleted
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT pg_stat_get_xact_tuples_inserted(c.oid), pg_stat_get_xact_tuples_updated(c.oid),
                pg_stat_get_xact_tuples_deleted(c.oid)) AS s (inserted, updated, deleted)
            WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND s.inserted + s.updated + s.deleted > 0
            """
        )
        for row in table.rows {
            func number(_ column: Int) -> Int { row[column].flatMap { Int($0) } ?? 0 }
            rows[Self.relation(row)] = Counts(inserted: number(6), updated: number(7), deleted: number(8))
        }
    }

    private mutating func readLocks(on connection: borrowing Connection) throws {
        // Rows of a transaction's own are as old as itself or younger: another's of that age are not in its snapshot.
        let table = try connection.query(
            """
            /* assay: counters */
            WITH held AS (
                SELECT relation, bool_or(mode = 'AccessExclusiveLock') AS is_exclusive,
                    bool_or(mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock')) AS is_writing
                FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY relation
            )
            SELECT \(Self.relation), coalesce(held.is_exclusive, false), coalesce(held.is_writing, false),
                c.relpersistence = 't', age(c.xmin) <= 0, held.relation
            FROM held
            FULL JOIN (pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace) ON c.oid = held.relation
            WHERE (held.is_exclusive OR (held.is_writing AND c.relkind = 'f') OR age(c.xmin) <= 0)
                AND coalesce(c.relkind IN ('r', 'p', 'm', 'v', 'f', 'S'), true) AND n.nspname IS DISTINCT FROM 'pg_catalog'
            """
        )
        for row in table.rows {
            guard row[0] != nil else {
                gone.formUnion([row[10]].compactMap { $0 })
                continue
            }
            let relation = Self.relation(row)
            if row[8] == "t" {
                temporary.insert(relation.id)
                continue
            }
            if row[9] == "t" { altered.insert(relation) }
            if row[6] == "t", ["r", "p", "m"].contains(relation.kind) { seized.insert(relation) }
            if relation.kind == "f", row[6] == "t" || row[7] == "t" { foreign.insert(relation) }
        }
    }
}
