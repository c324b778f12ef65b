import Postgres

/// The lock that keeps two runs which write apart: one a database, held by the connection that writes.
enum RunLock {
    /// `assay` in ASCII, so that the lock is known when somebody looks at `pg_locks`.
    private static let key = 0x61_7373_6179

    /// Takes the lock, or throws and says who holds it.
    static func take(on connection: borrowing Connection) throws {
        let taken = try connection.query("/* assay: lock */ SELECT pg_try_advisory_lock($1)", [String(key)])
        guard taken.firstValue != "t" else { return }
        let holder = try connection.query(
            """
            /* assay: lock */
            SELECT format('%s (pid %s%s)', coalesce(nullif(a.application_name, ''), 'another program'), l.pid,
                -- Another role's is hidden.
                ', since ' || to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC')
            FROM pg_locks AS l
            LEFT JOIN pg_stat_activity AS a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint
            """,
            [String(key)]
        )
        throw AuditError.locked(holder: holder.firstValue ?? "another run, which has just ended")
    }
}
