import AuditModel
import Postgres

/// Fetches the names by which people know the affected users (`users: label:` in `suite.yml`).
struct UserLabeling: Sendable {
    let statement: Statement
    let context: MeasuringContext

    func label(on connection: borrowing Connection) throws {
        for batch in UserBatches(book: context.tallies) where !batch.isEmpty {
            let bound = try BoundStatement(statement, of: "users", parameters: ["users": .list(batch)])
            let table = try context.placing(errorsOf: bound) { try connection.query(bound.sql, bound.parameters) }
            guard table.columns.count >= 2 else {
                throw MeasuringError(statement.place, "`users: label:` returns two columns, the user and the label")
            }
            context.tallies.with { tallies in
                for row in table.rows {
                    guard let user = row[0].flatMap(tallies.index(of:)), let label = row[1] else { continue }
                    tallies.setLabel(String(label.prefix(Self.longest)), user: user)
                }
            }
        }
    }

    /// The longest label in characters; what is longer is cut.
    private static let longest = 200
}
