import AuditModel
import Postgres
import SQLSyntax

/// What a server has against the statements of a suite, in a connection's open transaction.
struct SuiteExamination: Sendable {
    typealias Finding = ServerLint.Finding

    let suite: Suite
    /// Statements that PostgreSQL 15's grammar refuses.
    let unread: [Statement]

    func findings(on connection: borrowing Connection) throws -> [Finding] {
        var findings: [Finding] = []
        var users: [LabelExamination.Users] = []
        for check in suite.checks {
            let examination = CheckExamination(check: check, unread: unread)
            let (found, columns) = try examination.findings(on: connection)
            findings += found
            guard let user = check.user, let column = columns?.first(where: { $0.name == user }) else { continue }
            users.append(LabelExamination.Users(check: check.id, typeName: column.typeName))
        }
        guard let labels = suite.userLabels else { return findings }
        return findings + (try LabelExamination(labels: labels, users: users, unread: unread).findings(on: connection))
    }

    /// The statements of a newer grammar that this server's grammar refuses, too.
    func syntaxErrors(on connection: borrowing Connection) throws -> [Finding] {
        let labels: [String: ParameterValue] = ["users": .list([])]
        let values = suite.checks.reduce(into: labels) { $0.merge($1.parameters) { $1 } }
        return try unread.compactMap { statement in
            let asked = try AskedStatement(statement, of: "lint", parameters: values, users: [], isUnread: true)
            guard let error = try asked.refusal(on: connection), error.sqlState == .syntaxError else { return nil }
            return asked.finding(error, on: connection)
        }
    }
}
