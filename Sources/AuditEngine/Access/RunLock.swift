import Postgres

/// The lock that keeps two runs which write apart: one a database.
///
/// An open transaction of a connection of its own holds it: a session's lock would be worth nothing behind a pooler,
/// which gives the next transaction another session.
struct RunLock: Sendable {
    /// The connection that holds the lock, in a read-only transaction that keeps no old row alive.
    let session: Session
    /// The process id of its backend.
    let backend: String

    /// `assay` in ASCII, so that the lock is known when somebody looks at `pg_locks`.
    private static let key = 0x61_7373_6179

    /// Takes the lock in the connection's open transaction, or throws and says who holds it.
    ///
    /// - Returns: the process id of the backend.
    static func take(on connection: borrowing Connection) throws -> String {
        let taken = try connection.query(
            "/* assay: lock */ SELECT pg_try_advisory_xact_lock($1), pg_backend_pid()",
            [String(key)]
        )
        if let row = taken.rows.first, row[0] == "t", let backend = row[1] { return backend }
        let holder = try connection.query(
            """
            /* assay: lock */
            SELECT format('%s (pid %s%s)', coalesce(nullif(a.application_name, ''), 'another program'), l.pid,
                -- Another role's is hidden.
                ', since ' || to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC')
            FROM pg_locks AS l
            LEFT JOIN pg_stat_activity AS a USING (pid)
            WHERE \(isOurs)
            """,
            [String(key)]
        )
        throw AuditError.locked(holder: holder.firstValue ?? "another run, which has just ended")
    }

    /// Must be so whenever a transaction of the run that writes begins.
    var condition: ConnectionSettings.WriteCondition {
        ConnectionSettings.WriteCondition(
            sql: "/* assay: lock */ SELECT EXISTS (SELECT FROM pg_locks AS l WHERE \(Self.isOurs) AND l.pid = $2::int)",
            parameters: [String(Self.key), backend],
            reason:
                "the connection that held the run's lock (pid \(backend)) has ended, so that another run may be at work"
        )
    }

    private static let isOurs = """
        l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint
        """
}
