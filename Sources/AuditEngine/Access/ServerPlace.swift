import AuditModel
import Postgres

/// Which server a connection's open transaction meets, as the server tells it; nil for what the role may not read.
struct ServerPlace: Sendable, Equatable {
    var systemIdentifier: String?
    var timeline: Int?
    /// The server's own address and port, or the path of its socket; nil where a pooler hides it.
    var address: String?
    /// The position in the write-ahead log.
    var lsn: String?

    static func read(on connection: borrowing Connection) -> ServerPlace {
        // Each on its own: a role may be allowed the one and not the other.
        func value(_ sql: String) -> String? {
            let table = try? connection.withSavepoint { try connection.query("/* assay: run */ \(sql)") }
            return table?.firstValue
        }
        return ServerPlace(
            systemIdentifier: value("SELECT system_identifier FROM pg_control_system()"),
            timeline: value(
                connection.server.isStandby
                    ? "SELECT timeline_id FROM pg_control_checkpoint()"
                    // The control file tells of a promotion only after the next checkpoint.
                    : "SELECT ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint"
            ).flatMap { Int($0) },
            address: value(
                """
                SELECT CASE family(inet_server_addr()) WHEN 6 THEN format('[%s]', host(inet_server_addr()))
                    ELSE host(inet_server_addr()) END || ':' || inet_server_port()
                """
            ) ?? socket(of: connection.server),
            lsn: value(
                connection.server.isStandby ? "SELECT pg_last_wal_replay_lsn()" : "SELECT pg_current_wal_lsn()"
            )
        )
    }

    private static func socket(of server: ServerFacts) -> String? {
        server.host.hasPrefix("/") && !server.isPooled ? "\(server.host):\(server.port)" : nil
    }
}
