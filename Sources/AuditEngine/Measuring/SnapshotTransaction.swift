import AuditModel
import Postgres

/// The read-only transaction in which a connection sees the run's one state of the database.
enum SnapshotTransaction {
    /// What the leader of a run learns when it begins.
    struct Leader: Sendable {
        var database: DatabaseIdentity
        var snapshot: SnapshotIdentity
        /// The name under which other connections find the same snapshot; nil where it cannot be exported.
        var exported: String?
    }

    /// Begins the leader's transaction, whose first query takes the snapshot.
    static func lead(on connection: borrowing Connection) throws(PostgresError) -> Leader {
        try connection.begin(.repeatableRead(readOnly: true, snapshot: nil))
        let exported: String?
        do {
            exported = try connection.exportSnapshot()
        } catch  where !error.endsRun {
            // Such as behind a proxy, or on a standby of an old server: then one connection does all.
            try connection.rollback()
            try connection.begin(.repeatableRead(readOnly: true, snapshot: nil))
            exported = nil
        }
        let (database, takenAt) = try identity(on: connection)
        return Leader(
            database: database,
            snapshot: SnapshotIdentity(takenAt: takenAt, lsn: optional(position, on: connection)),
            exported: exported
        )
    }

    /// Begins a transaction that sees the leader's snapshot.
    static func join(_ exported: String, on connection: borrowing Connection) throws(PostgresError) {
        try connection.begin(.repeatableRead(readOnly: true, snapshot: exported))
    }

    private static func identity(
        on connection: borrowing Connection
    ) throws(PostgresError) -> (DatabaseIdentity, Timestamp) {
        let table = try connection.query(
            """
            /* assay: run */ SELECT current_database(), current_user,
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint
            """
        )
        let row = table.rows.first ?? []
        let server = connection.server
        let database = DatabaseIdentity(
            name: row.first.flatMap { $0 } ?? server.database,
            host: server.host,
            port: Int(server.port),
            user: row.dropFirst().first.flatMap { $0 } ?? server.user,
            serverVersion: server.versionText,
            systemIdentifier: optional("SELECT system_identifier FROM pg_control_system()", on: connection)
        )
        let milliseconds = row.last.flatMap { $0 }.flatMap { Int($0) } ?? 0
        return (database, Timestamp(milliseconds: milliseconds))
    }

    private static let position = """
        SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
        """

    /// One value that the role may be forbidden to read.
    private static func optional(_ sql: String, on connection: borrowing Connection) -> String? {
        let table = try? connection.withSavepoint { try connection.query("/* assay: run */ \(sql)") }
        return table?.rows.first?.first.flatMap { $0 }
    }
}
