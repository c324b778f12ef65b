import AuditModel
import Postgres
import SQLSyntax

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
        var result = StatisticResult(check: check, measure: work.measure)
        let whole = try context.bind(work.measure, of: check)
        let columns = try context.describe(whole, on: connection).columns
        let user = try context.position(of: userColumn, in: columns, of: work.measure)
        let names = columns.indices.filter { $0 != user }.map { columns[$0].name }
        try work.checkLimits(against: names)
        let set = context.tallies.with { $0.figureSet(of: check.id, names: names) }

        for batch in UserBatches(book: context.tallies) where !batch.isEmpty {
            let users = ParameterValue.list(batch)
            let bound = try BoundStatement(
                work.measure,
                of: check.id,
                // A query may read the list itself, where that makes it faster.
                parameters: check.parameters.merging(["users": users]) { $1 },
                in: .ofUsers(userColumn),
                extra: [users.serverText]
            )
            try context.placing(errorsOf: bound) {
                _ = try connection.stream(bound.sql, bound.parameters) { row in
                    guard let id = row.bytes(user) else { return }
                    let figures = (0..<row.columnCount).filter { $0 != user }.map { row.text($0).flatMap(Double.init) }
                    // Safe because the closure is done when the row is.
                    nonisolated(unsafe) let bytes = id
                    context.tallies.with { tallies in
                        guard let index = tallies.index(of: bytes) else { return }
                        for (name, figure) in figures.enumerated() {
                            guard let figure else { continue }
                            tallies.setFigure(figure, of: set, name: name, user: index, phase: phase)
                        }
                    }
                }
            }
        }
        result.figures = context.tallies.with { tallies in
            names.indices.map { name in
                work.figure(names[name], tallies.figures[set].sum(name: name, phase: phase).map(FigureValue.number))
            }
        }
        result.status = StatisticMeasuring.status(result.figures)
        return result
    }
}
