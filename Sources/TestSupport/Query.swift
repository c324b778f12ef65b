internal import Logging
internal import Postgres

/// One question to a test's database, over a connection of its own.
package enum Query {
    /// The first value of the first row.
    package static func value(_ sql: String, at conninfo: String) async throws -> String? {
        let session = try await Session.open(
            ConnectionSettings(conninfo: conninfo, applicationName: "assay/tests"),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        let value = try await session.withConnection { try $0.query(sql).firstValue }
        await session.close()
        return value
    }
}
