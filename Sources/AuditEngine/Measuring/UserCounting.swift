import AuditModel
import Postgres
import SQLSyntax

/// Counts the violations of a check for each user, without fetching them.
struct UserCounting: Sendable {
    let check: Check
    let work: ViolationWork
    /// The check's position in the tallies.
    let index: Int
    let context: MeasuringContext

    /// Enters the counts under a phase.
    ///
    /// - Returns: the sum.
    func count(_ phase: UserTallies.Phase, on connection: borrowing Connection) throws -> Int {
        let bound = try bound(on: connection)
        var total = 0
        context.tallies.with { $0.clear(check: index, phase: phase) }
        try context.placing(errorsOf: bound) {
            _ = try connection.stream(bound.sql, bytes: bound.parameters) { row in
                // Bytes, since texts that are no UTF-8 could look alike.
                nonisolated(unsafe) let user = row.bytes(0) ?? UnsafeRawBufferPointer(start: nil, count: 0)
                let count = row.text(1).flatMap { Int($0) } ?? 0
                total = total.saturatingAdding(count)
                context.tallies.with { _ = $0.add(user, check: index, phase: phase, times: count) }
            }
        }
        return total
    }

    private func bound(on connection: borrowing Connection) throws -> BoundStatement {
        guard let user = check.user else {
            return try context.bind(work.find, of: check, in: .count)
        }
        guard let one = context.settings.selection.userID else {
            return try context.bind(work.find, of: check, in: .countByUser(user))
        }
        let columns = try context.describe(context.bind(work.find, of: check), on: connection).columns
        let column = columns[try context.position(of: user, in: columns, of: work.find)]
        let condition = try context.condition(for: one, column, of: work.find, of: check, on: connection)
        return try context.bind(
            work.find,
            of: check,
            in: .countOfUser(condition, user),
            extra: condition.parameters
        )
    }
}
