import EmbeddedPostgres
internal import Logging
internal import Postgres
import Synchronization

/// Databases of the shared cluster, one for a test.
package enum TestDatabase {
    private static let count = Mutex(0)

    private static let administrator = Task {
        try await open(TestCluster.shared.conninfo())
    }

    /// Runs `body` with the conninfo of a fresh database in which the SQL texts have been run, and drops it afterwards.
    ///
    /// - Parameter options: what follows `CREATE DATABASE name`.
    package static func with<R>(
        loading sql: [String] = [],
        options: String = "TEMPLATE template0",
        _ body: (_ conninfo: String) async throws -> R
    ) async throws -> R {
        try await Turn.with { try await make(sql, options, body) }
    }

    private static func make<R>(
        _ sql: [String],
        _ options: String,
        _ body: (_ conninfo: String) async throws -> R
    ) async throws -> R {
        let administrator = try await administrator.value
        let number = count.withLock { count in
            count += 1
            return count
        }
        let name = "test_\(number)"
        try await administrator.withConnection { try $0.execute("CREATE DATABASE \(name) \(options)") }
        do {
            let conninfo = try await TestCluster.shared.conninfo(database: name)
            if !sql.isEmpty { try await load(sql, into: conninfo) }
            let result = try await body(conninfo)
            try await drop(name, by: administrator)
            return result
        } catch {
            try? await drop(name, by: administrator)
            throw error
        }
    }

    /// Runs SQL texts, each of one or several statements, in a database.
    package static func load(_ sql: [String], into conninfo: String) async throws {
        let session = try await open(conninfo)
        do {
            try await session.withConnection { connection in
                for text in sql { try connection.execute(text) }
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private static func open(_ conninfo: String) async throws -> Session {
        let settings = ConnectionSettings(conninfo: conninfo, applicationName: "assay/tests")
        return try await Session.open(settings, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// In a task of its own, so that a cancelled test does not keep its database.
    private static func drop(_ name: String, by administrator: Session) async throws {
        try await Task {
            try await administrator.withConnection { try $0.execute("DROP DATABASE \(name) WITH (FORCE)") }
        }.value
    }
}

/// Runs `body` with the conninfo of a fresh database in which the SQL texts have been run.
package func withDatabase<R>(
    loading sql: [String] = [],
    _ body: (_ conninfo: String) async throws -> R
) async throws -> R {
    try await TestDatabase.with(loading: sql, body)
}
