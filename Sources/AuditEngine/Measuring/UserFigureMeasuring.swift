import AuditModel
import Postgres

/// Measures one check of kind `statistic` for the affected users only.
struct UserFigureMeasuring: Sendable {
    let check: Check
    let work: StatisticWork
    /// The column that names the user.
    let userColumn: String
    /// Whether the figures are those before or after the repairs.
    let phase: UserTallies.Phase
    let context: MeasuringContext

    func measure(on connection: borrowing Connection) throws -> StatisticResult {
        do {
            return try measureAll(on: connection)
        } catch {
            // Figures of some users, or of before only, would be taken for all of them.
            context.tallies.with { $0.removeFigures(of: check.id) }
            throw error
        }
    }

    private func measureAll(on connection: borrowing Connection) throws -> StatisticResult {
        var result = StatisticResult(check: check, measure: work.measure)
        let shape = try context.describe(bound(to: []), on: connection).columns
        let columns = try FigureColumns(shape, of: check, work)
        let type = columns.user.map { shape[$0].typeName } ?? ""
        let selection = try selection(type, on: connection)
        var figures = UserFigures(statistic: check.id, columns: columns.columns)
        var limited = LimitedFigures(work: work, columns: columns.columns)
        var affected = 0
        for batch in UserBatches(book: context.tallies) {
            affected += batch.ids.count
            let users = try selection.filters.reduce(batch.ids) { try $1.readable($0, on: connection) }
            guard !users.isEmpty else { continue }
            let list = selection.isByText ? arrayLiteral(users.map(byteaLiteral)) : arrayLiteral(users)
            let bound = try bound(to: users, in: selection.frame, extra: [list])
            var measured: Set<Int> = []
            try context.placing(errorsOf: bound) {
                _ = try connection.stream(bound.sql, bytes: bound.parameters) { row in
                    guard let id = columns.user.flatMap({ row.bytes($0) }),
                        let user = context.tallies.number(of: id, in: batch)
                    else { return }
                    guard measured.insert(user).inserted else { throw severalRows(of: id) }
                    for (index, position) in columns.positions.enumerated() {
                        guard let text = row.bytes(position) else { continue }
                        figures.set(text, column: index, user: user, phase: phase)
                    }
                    try limited.add(id, figures, user: user, phase: phase)
                }
            }
        }
        result.figures = columns.columns.indices.map { limited.figure($0, figures, phase: phase) }
        result.status = StatisticMeasuring.status(result.figures)
        if !work.limits.isEmpty, limited.isEmpty {
            result.status = .skipped
            result.error =
                "there is nothing to measure: "
                + (affected == 0 ? "no user is affected" : "the query has no row of an affected user")
        }
        let measured = figures
        context.tallies.with { $0.enter(measured, phase: phase) }
        return result
    }

    /// How the rows of a portion's users are selected.
    private struct Selection {
        var frame: StatementFrame
        /// The frame takes the bytes of ids, and no values of a type.
        var isByText: Bool
        /// What the ids must be, to be sent.
        var filters: [UserFilter]
    }

    /// - Parameter type: the name of the user column's type.
    private func selection(_ type: String, on connection: borrowing Connection) throws -> Selection {
        let byType = StatementFrame.ofUsers(userColumn, type: type)
        let isByText = try !context.isAccepted(bound(to: [], in: byType), on: connection)
        let frame = isByText ? StatementFrame.ofUsersByText(userColumn) : byType
        let bound = try bound(to: [], in: frame)
        let types = try context.describe(bound, on: connection).parameters.map(\.name)
        let own = bound.number(of: "users").map { [types[$0 - 1]] } ?? []
        let framed = isByText ? [] : types.suffix(1)
        return Selection(frame: frame, isByText: isByText, filters: (own + framed).map(UserFilter.init))
    }

    /// The statement, which may read the users itself, where that makes it faster.
    private func bound(
        to users: [[UInt8]],
        in frame: StatementFrame = .none,
        extra: [[UInt8]?] = []
    ) throws -> BoundStatement {
        try BoundStatement(
            work.measure,
            of: check.id,
            parameters: check.parameters,
            users: users,
            in: frame,
            extra: extra
        )
    }

    private func severalRows(of id: UnsafeRawBufferPointer) -> MeasuringError {
        MeasuringError(
            work.measure.place,
            "a statistic with `user:` returns one row for each user, and this one returns several of the user "
                + "'\(String(decoding: id, as: UTF8.self))'. Write GROUP BY \(userColumn)"
        )
    }
}
