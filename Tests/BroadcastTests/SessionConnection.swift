import Broadcast
import Logging
import Postgres

/// A session as a caller hands it in.
struct SessionConnection: SQLConnection {
    let session: Session

    static func open(_ conninfo: String) async throws -> SessionConnection {
        SessionConnection(
            session: try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "server"),
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
            )
        )
    }

    func query(_ sql: String, _ parameters: [String?]) async throws(SQLFailure) -> [[String?]] {
        do {
            return try await session.withConnection { try $0.query(sql, parameters).rows }
        } catch let error as PostgresError {
            throw SQLFailure(
                sqlState: error.sqlState?.rawValue,
                constraint: error.constraint,
                message: error.message
            )
        } catch {
            throw SQLFailure(sqlState: nil, message: "\(error)")
        }
    }

    func execute(_ sql: String) async throws {
        try await session.withConnection { try $0.execute(sql) }
    }
}
