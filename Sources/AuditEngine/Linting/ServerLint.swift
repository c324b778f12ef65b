package import AuditModel
package import Logging
import Postgres

/// Has the server prepare and plan every statement of a suite, and runs none of them.
package struct ServerLint: Sendable {
    /// What the server has against a statement.
    package struct Finding: Sendable, Equatable {
        package var place: Statement.Place
        package var message: String
        /// An audit works all the same.
        package var isWarning: Bool
        /// The key of the front matter that is at fault, rather than the statement.
        package var key: String?
    }

    private let suite: Suite
    private let unread: [Statement]
    private let settings: AuditSettings
    private let logger: Logger

    /// - Parameter unread: statements of the suite that PostgreSQL 15's grammar refuses.
    package init(suite: Suite, unread: [Statement] = [], settings: AuditSettings, logger: Logger) {
        self.suite = suite
        self.unread = unread
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws(AuditError) -> [Finding] {
        try await onServer { connection in
            let examination = SuiteExamination(suite: suite, unread: unread)
            return try examination.findings(on: connection)
        }
    }

    /// Of the statements that PostgreSQL 15's grammar refuses, those that the server's own refuses, too.
    package func refusals() async throws(AuditError) -> [Finding] {
        if unread.isEmpty { return [] }
        return try await onServer { connection in
            try SuiteExamination(suite: suite, unread: unread).syntaxErrors(on: connection)
        }
    }

    private func onServer(
        _ body: @escaping @Sendable (borrowing Connection) throws -> [Finding]
    ) async throws(AuditError) -> [Finding] {
        do {
            let session = try await Session.open(
                settings.connection(named: "assay/lint"),
                logger: logger
            )
            let found = try await session.withConnection { $0.server.database }
            if let expected = settings.expectedDatabase, expected != found {
                throw AuditError.unexpectedDatabase(found: found, expected: expected)
            }
            let findings = try await session.withConnection { connection in
                try connection.begin(.repeatableRead(readOnly: true, snapshot: nil))
                return try body(connection)
            }
            await session.close()
            return findings
        } catch let error as AuditError {
            throw error
        } catch let error as PostgresError {
            throw AuditError(error)
        } catch {
            throw .unknown("\(error)")
        }
    }
}
