import Postgres

/// Refuses to write to a database that is not the one it should be.
enum WriteGuard {
    /// - Parameters:
    ///   - expected: the only database that may be written to.
    ///   - cluster: the cluster on which it was at the last run; nil when that is not known.
    static func check(expected: String?, cluster: String?, on connection: borrowing Connection) throws {
        let name = connection.server.database
        if let expected, expected != name {
            throw AuditError.unexpectedDatabase(found: name, expected: expected)
        }
        if connection.server.isStandby {
            throw AuditError.notPermitted(
                "this server is a standby, which takes no writes. Nothing was changed. Name the primary with --database."
            )
        }
        let found = try? connection.query("/* assay: run */ SELECT system_identifier FROM pg_control_system()")
            .firstValue
        guard let cluster, let found, found != cluster else { return }
        throw AuditError.notPermitted(
            "the database '\(name)' is on another cluster than the one expected, the last run's or that of "
                + "--expect-cluster: \(cluster), and this one is \(found). Nothing was changed. It may be a copy. "
                + "If it is the right one, say so with --expect-cluster \(found)."
        )
    }
}
