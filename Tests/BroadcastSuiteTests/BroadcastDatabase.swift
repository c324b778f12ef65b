import EmbeddedPostgres
import Logging
import Postgres
import TestSupport

/// The platform's tables, and the shipped suite's statements to run in them.
struct BroadcastDatabase {
    private let session: Session

    /// One database serves all tests, each in a schema of its own: many times faster to make than a database.
    private static let conninfo = Task {
        let cluster = try await TestCluster.shared
        try await TestDatabase.load(["CREATE DATABASE broadcast_suite TEMPLATE template0"], into: cluster.conninfo())
        return cluster.conninfo(database: "broadcast_suite")
    }

    /// The server takes a hundred connections, and there are more test cases.
    private static let turnstile = Turnstile(width: 8)

    /// Runs `body` with fresh tables, as the shipped schema has them, and in them the SQL texts.
    static func with<R>(loading sql: [String], _ body: (BroadcastDatabase) async throws -> R) async throws -> R {
        let settings = ConnectionSettings(conninfo: try await conninfo.value, applicationName: "assay/tests")
        await turnstile.enter()
        do {
            let result = try await run(settings, [shippedFile("sample/schema.sql")] + sql, body)
            await turnstile.leave()
            return result
        } catch {
            await turnstile.leave()
            throw error
        }
    }

    private static func run<R>(
        _ settings: ConnectionSettings,
        _ sql: [String],
        _ body: (BroadcastDatabase) async throws -> R
    ) async throws -> R {
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let session = try await Session.open(settings, logger: logger)
        try await session.withConnection { connection in
            let schema = "s\(UInt64.random(in: 0 ... .max))"
            try connection.execute("CREATE SCHEMA \(schema)")
            try connection.execute("SET search_path = \(schema)")
            for text in sql { try connection.execute(text) }
        }
        let result = try await body(BroadcastDatabase(session: session))
        await session.close()
        return result
    }

    /// Runs one or several statements.
    func execute(_ sql: String) async throws {
        try await session.withConnection { try $0.execute(sql) }
    }

    /// The rows of a query by column, NULL as `nil`.
    func rows(_ sql: String) async throws -> [[String: String]] {
        try await session.withConnection { connection in
            let table = try connection.query(sql)
            let names = table.columns.map(\.name)
            return table.rows.map { row in
                Dictionary(uniqueKeysWithValues: zip(names, row).compactMap { name, value in value.map { (name, $0) } })
            }
        }
    }

    /// The violations of a check.
    func violations(of check: String) async throws -> [[String: String]] {
        try await rows(ShippedCheck(check).sql("find"))
    }

    /// One column of a check's violations, sorted; NULL as `-`.
    func violations(of check: String, _ column: String) async throws -> [String] {
        try await violations(of: check).map { $0[column] ?? "-" }.sorted()
    }

    /// The one row of a statistic.
    func figures(of check: String) async throws -> [String: String] {
        let rows = try await rows(ShippedCheck(check).sql("measure"))
        return rows.count == 1 ? rows[0] : [:]
    }

    /// Mends a check's violations as an audit does: in one transaction, from the relation `violations`.
    func fix(_ check: String, meanwhile: String = "SELECT") async throws {
        let shipped = try ShippedCheck(check)
        try await execute(
            """
            BEGIN;
            CREATE TEMPORARY TABLE violations ON COMMIT DROP AS
            \(shipped.sql("find"));
            \(meanwhile);
            \(shipped.sql("fix"));
            COMMIT;
            """
        )
    }
}
