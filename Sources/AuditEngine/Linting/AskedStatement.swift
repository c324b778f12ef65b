import AuditModel
import Postgres
import SQLSyntax

/// A statement that the server is asked about, and that is never run.
struct AskedStatement {
    let statement: Statement
    private let explain: BoundStatement
    /// Nobody here could read the statement, so that the server must prove it to be one that reads.
    private let isUnread: Bool

    init(
        _ statement: Statement,
        of check: String,
        parameters: [String: ParameterValue],
        users: [[UInt8]]? = nil,
        isUnread: Bool
    ) throws {
        self.statement = statement
        self.isUnread = isUnread
        explain = try BoundStatement(
            statement,
            of: check,
            parameters: parameters,
            users: users,
            in: isUnread ? .explainRows : .explain
        )
    }

    /// Why the server does not take the statement; planning it looks at privileges, too.
    func refusal(on connection: borrowing Connection) throws -> PostgresError? {
        do {
            _ = try connection.withSavepoint { try connection.query(explain.sql, bytes: explain.parameters) }
            return nil
        } catch let error as PostgresError where !error.endsRun {
            return error
        }
    }

    /// What the statement takes and returns; nil when the server does not take it.
    func shape(of bound: BoundStatement, on connection: borrowing Connection) throws -> StatementShape? {
        do {
            return try connection.withSavepoint { try connection.describe(bound.sql) }
        } catch let error as PostgresError where !error.endsRun {
            return nil
        }
    }

    func finding(_ error: PostgresError, on connection: borrowing Connection) -> ServerLint.Finding {
        let explained = ErrorExplanation(error, of: explain)
        return ServerLint.Finding(
            place: explained.place ?? statement.place,
            message: explained.advised(on: connection),
            isWarning: false
        )
    }

    /// Where in the statement's own text the server found a mistake, in bytes.
    func offset(of error: PostgresError) -> Int? { explain.offset(of: error) }

    /// A word on a statement that this server takes, and the parser here does not.
    func acceptance(on connection: borrowing Connection) -> ServerLint.Finding? {
        guard isUnread else { return nil }
        return ServerLint.Finding(
            place: statement.place,
            message:
                "this server, PostgreSQL \(connection.server.versionText), takes the statement; the parser here knows the "
                + "grammar of 15 and could not look for columns, tables and functions in it",
            isWarning: true
        )
    }
}
