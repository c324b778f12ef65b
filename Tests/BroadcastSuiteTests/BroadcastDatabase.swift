import Logging
import Postgres
import TestSupport

/// A database with the platform's tables, and the shipped suite's statements to run in it.
struct BroadcastDatabase {
    private let session: Session

    /// Runs `body` with a fresh database: the shipped schema, and then the SQL texts.
    static func with<R>(loading sql: [String], _ body: (BroadcastDatabase) async throws -> R) async throws -> R {
        try await withDatabase(loading: [shippedFile("sample/schema.sql")] + sql) { conninfo in
            let settings = ConnectionSettings(conninfo: conninfo, applicationName: "assay/tests")
            let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
            let session = try await Session.open(settings, logger: logger)
            let result = try await body(BroadcastDatabase(session: session))
            await session.close()
            return result
        }
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
