import AuditModel
import Postgres

/// Measures one check of kind `statistic` that is about all users at once.
struct StatisticMeasuring: Sendable {
    let check: Check
    let work: StatisticWork
    let context: MeasuringContext

    func measure(on connection: borrowing Connection) throws -> StatisticResult {
        var result = StatisticResult(check: check, measure: work.measure)
        let shape = try context.describe(context.bind(work.measure, of: check), on: connection).columns
        let columns = try FigureColumns(shape, of: check, work).columns
        // Two rows are enough to see that there is not one.
        let bound = try context.bind(work.measure, of: check, in: .atMostTwoRows)
        let rows = try context.placing(errorsOf: bound) { try connection.query(bound.sql, bytes: bound.parameters) }
            .rows
        guard rows.count == 1, rows[0].count == columns.count else {
            throw MeasuringError(
                work.measure.place,
                "a statistic without `user:` returns one row, and this one returns \(rows.isEmpty ? "none" : "several")"
            )
        }
        result.figures = try zip(columns, rows[0]).map { column, text in
            let value = text.map(column.value)
            let broken = work.limits[column.name] == nil ? nil : try work.broken(column.name, value)
            return work.figure(column, value, broken: broken)
        }
        result.status = Self.status(result.figures)
        return result
    }

    static func status(_ figures: [Figure]) -> Status {
        figures.compactMap { $0.limit?.broken }.max().map(Status.init(violated:)) ?? .clear
    }
}
