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
        try connection.begin(.repeatableRead(readOnly: true))
        let exported: String?
        do {
            exported = try connection.exportSnapshot()
        } catch  where !error.endsRun {
            // Such as on a standby of an old server: then one connection does all.
            try connection.rollback()
            try connection.begin(.repeatableRead(readOnly: true))
            exported = nil
        }
        let place = ServerPlace.read(on: connection)
        let (database, takenAt) = try identity(at: place, on: connection)
        return Leader(
            database: database,
            snapshot: SnapshotIdentity(takenAt: takenAt, lsn: place.lsn),
            exported: exported
        )
    }

    /// Begins a transaction that sees the leader's snapshot.
    static func join(_ exported: String, on connection: borrowing Connection) throws(PostgresError) {
        try connection.begin(.repeatableRead(readOnly: true, snapshot: exported))
    }

    private static func identity(
        at place: ServerPlace,
        on connection: borrowing Connection
    ) throws(PostgresError) -> (DatabaseIdentity, Timestamp) {
        let table = try connection.query(
            """
            /* assay: run */ SELECT current_database(), current_user, current_setting('TimeZone'),
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint
            """
        )
        let row = table.rows.first ?? [nil, nil, nil, nil]
        let server = connection.server
        let database = DatabaseIdentity(
            name: row[0] ?? server.database,
            host: server.host,
            port: Int(server.port),
            user: row[1] ?? server.user,
            serverVersion: server.versionText,
            systemIdentifier: place.systemIdentifier,
            timeline: place.timeline,
            address: place.address,
            timeZone: row[2]
        )
        return (database, Timestamp(milliseconds: row[3].flatMap { Int($0) } ?? 0))
    }
}
