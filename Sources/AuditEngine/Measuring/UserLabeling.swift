import AuditModel
import Postgres

/// Fetches the names by which people know the affected users (`users: label:` in `suite.yml`).
struct UserLabeling: Sendable {
    let statement: Statement
    let context: MeasuringContext

    func label(on connection: borrowing Connection) throws {
        for batch in UserBatches(book: context.tallies) where !batch.isEmpty {
            let bound = try BoundStatement(statement, of: "users", parameters: ["users": .list(batch)])
            let columns = try context.placing(errorsOf: bound) {
                try connection.stream(bound.sql, bound.parameters) { row in
                    guard row.columnCount >= 2, let id = row.bytes(0), let label = row.text(1) else { return }
                    let shown = label.utf8.count <= Self.longest ? label : String(label.prefix(Self.longest))
                    // Safe because the closure is done when the row is.
                    nonisolated(unsafe) let bytes = id
                    context.tallies.with { tallies in
                        if let user = tallies.index(of: bytes) { tallies.setLabel(shown, user: user) }
                    }
                }
            }
            guard columns.count >= 2 else {
                throw MeasuringError(statement.place, "`users: label:` returns two columns, the user and the label")
            }
        }
    }

    /// The longest label in characters; what is longer is cut.
    private static let longest = 200
}
