import AuditModel
import Postgres

/// Measures one check of kind `statistic` that is about all users at once.
struct StatisticMeasuring: Sendable {
    let check: Check
    let work: StatisticWork
    let context: MeasuringContext

    func measure(on connection: borrowing Connection) throws -> StatisticResult {
        var result = StatisticResult(check: check, measure: work.measure)
        // Two rows are enough to see that there is not one.
        let bound = try context.bind(
            work.measure,
            of: check,
            in: .atMostTwoRows
        )
        let table = try context.placing(errorsOf: bound) { try connection.query(bound.sql, bound.parameters) }
        guard table.rows.count == 1 else {
            throw MeasuringError(
                work.measure.place,
                "a statistic without `user:` returns one row, and this one returns "
                    + (table.rows.isEmpty ? "none" : "several")
            )
        }
        result.figures = try figures(names: table.columns.map(\.name), values: table.rows[0])
        result.status = Self.status(result.figures)
        return result
    }

    private func figures(names: [String], values: [String?]) throws(MeasuringError) -> [Figure] {
        try work.checkLimits(against: names)
        return zip(names, values).map { name, value in
            work.figure(name, value.map(FigureValue.init(serverText:)))
        }
    }

    static func status(_ figures: [Figure]) -> Status {
        figures.compactMap { $0.limit?.broken }.max().map(Status.init(violated:)) ?? .clear
    }
}

extension StatisticWork {
    /// Throws when a limit is set for a figure that is not measured.
    func checkLimits(against names: [String]) throws(MeasuringError) {
        guard let unknown = limits.keys.filter({ !names.contains($0) }).min() else { return }
        throw MeasuringError(
            measure.place,
            "`limits:` names the figure '\(unknown)', and the query returns \(names.joined(separator: ", "))"
        )
    }

    /// A figure of a run that only measures: after equals before.
    func figure(_ name: String, _ value: FigureValue?) -> Figure {
        var figure = Figure(name: name, before: value, after: value)
        if let limits = limits[name] {
            var broken: Severity?
            if case .number(let number) = value { broken = limits.broken(by: number) }
            figure.limit = AppliedLimit(
                error: limits.error?.description,
                warning: limits.warning?.description,
                broken: broken
            )
        }
        return figure
    }
}
