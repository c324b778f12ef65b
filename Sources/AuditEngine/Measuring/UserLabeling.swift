import AuditModel
import Postgres

/// Fetches the names by which people know the affected users (`users: label:` in `suite.yml`).
struct UserLabeling: Sendable {
    let statement: Statement
    let context: MeasuringContext

    func label(on connection: borrowing Connection) throws {
        let whole = try BoundStatement(statement, of: "users", parameters: [:], users: [])
        let shape = try context.describe(whole, on: connection)
        guard shape.columns.count >= 2 else {
            throw MeasuringError(statement.place, "`users: label:` returns two columns, the user and the label")
        }
        let filter = whole.number(of: "users").map { UserFilter(arrayType: shape.parameters[$0 - 1].name) }
        for batch in UserBatches(book: context.tallies) {
            // The second measuring asks only for users whom the first did not meet.
            let unlabeled = context.tallies.unlabeled(in: batch)
            let users = try filter?.readable(unlabeled, on: connection) ?? unlabeled
            guard !users.isEmpty else { continue }
            let bound = try BoundStatement(statement, of: "users", parameters: [:], users: users)
            try context.placing(errorsOf: bound) {
                _ = try connection.stream(bound.sql, bytes: bound.parameters) { row in
                    guard let id = row.bytes(0), let label = row.text(1),
                        let user = context.tallies.number(of: id, in: batch)
                    else { return }
                    let shown = label.utf8.count <= Self.longest ? label : String(label.prefix(Self.longest))
                    context.tallies.with { $0.setLabel(shown, user: user) }
                }
            }
        }
    }

    /// The longest label in characters; what is longer is cut.
    private static let longest = 200
}
