import Postgres

/// How many rows of which tables the open transaction has written so far, as the server itself counts them.
struct WriteCounters: Sendable, Equatable {
    struct Counts: Sendable, Equatable {
        var inserted = 0
        var updated = 0
        var deleted = 0
    }

    /// What was written between two readings.
    struct Changes: Sendable, Equatable {
        /// Tables without a change are left out.
        var tables: [String: Counts] = [:]
        /// Tables that were newly locked as only `TRUNCATE`, DDL and `LOCK` do; sorted. No counter tells of `TRUNCATE`.
        var seized: [String] = []
    }

    /// By the table's full name; a partition counts for its root.
    private var tables: [String: Counts] = [:]
    /// The tables that nobody else can even read.
    private var seized: Set<String> = []

    /// Reads the counters, which hold what earlier transactions of the session wrote as well: differences count.
    static func read(on connection: borrowing Connection) throws -> WriteCounters {
        let table = try connection.query(
            """
            /* assay: counters */
            SELECT format('%I.%I', n.nspname, root.relname),
                sum(s.n_tup_ins)::bigint, sum(s.n_tup_upd)::bigint, sum(s.n_tup_del)::bigint,
                current_setting('track_counts')
            FROM pg_stat_xact_all_tables AS s
            JOIN pg_class AS root ON root.oid = coalesce(pg_partition_root(s.relid), s.relid)
            JOIN pg_namespace AS n ON n.oid = root.relnamespace
            WHERE s.schemaname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
            GROUP BY 1
            """
        )
        var counters = WriteCounters()
        for row in table.rows {
            guard row[4] == "on" else {
                throw AuditError.notPermitted(
                    "the server does not count written rows (track_counts is off), so that a fix cannot be proved to "
                        + "have written nothing else. Nothing was changed. Turn track_counts on for this role."
                )
            }
            func number(_ column: Int) -> Int { row[column].flatMap { Int($0) } ?? 0 }
            counters.tables[row[0] ?? ""] = Counts(inserted: number(1), updated: number(2), deleted: number(3))
        }
        let locks = try connection.query(
            """
            /* assay: counters */
            SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
            FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
                AND c.relkind IN ('r', 'p', 'm') AND n.nspname <> 'assay' AND n.nspname !~ '^pg_'
            """
        )
        counters.seized = Set(locks.rows.compactMap { $0[0] })
        return counters
    }

    /// What was written since earlier counters.
    func since(_ earlier: WriteCounters) -> Changes {
        let changes: [String: Counts] = tables.reduce(into: [:]) { changes, entry in
            let before = earlier.tables[entry.key] ?? Counts()
            let change = Counts(
                inserted: entry.value.inserted - before.inserted,
                updated: entry.value.updated - before.updated,
                deleted: entry.value.deleted - before.deleted
            )
            if change != Counts() { changes[entry.key] = change }
        }
        return Changes(tables: changes, seized: seized.subtracting(earlier.seized).sorted())
    }
}
