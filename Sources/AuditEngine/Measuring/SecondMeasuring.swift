import AuditModel
import Logging
import Postgres

/// Measures everything again after the repairs, in a second snapshot, and enters it as `after`.
struct SecondMeasuring: Sendable {
    let suite: Suite
    let context: MeasuringContext
    let logger: Logger
    /// Checks that their own transaction has counted again.
    let counted: Set<String>

    /// - Parameter sessions: connections whose transactions see the second snapshot.
    func measure(on sessions: [Session], into results: inout SuiteResults) async throws {
        let known = results
        let again = suite.checks.filter { known.wasMeasured($0) && !counted.contains($0.id) }
        let measuring = SuiteMeasuring(suite: suite, context: context, logger: logger)
        let measured = try await measuring.measure(again.filter { !$0.isAboutUsers }, on: sessions) {
            check,
            connection in
            try self.again(check, known: known, on: connection)
        }
        measured.results.forEach { results.add($0) }
        guard let session = measured.living.first else {
            throw AuditError.unreachable(
                PostgresError(stage: .query, kind: .unreachable, message: "every connection was lost while measuring")
            )
        }
        for check in again where check.isAboutUsers {
            let one = try await measuring.measure([check], on: [session]) { check, connection in
                try self.again(check, known: known, on: connection)
            }
            one.results.forEach { results.add($0) }
        }
    }

    private func again(
        _ check: Check,
        known: SuiteResults,
        on connection: borrowing Connection
    ) throws -> MeasuredCheck {
        switch check.work {
        case .violations(let work):
            guard var result = known.check(check.id) else { preconditionFailure("the check was measured before") }
            let index = context.tallies.with { $0.checks.firstIndex(of: check.id) ?? 0 }
            result.after = try UserCounting(check: check, work: work, index: index, context: context)
                .count(.after, on: connection)
            result.status = Status(of: result)
            return .violations(result)
        case .statistic(let work):
            guard var result = known.statistic(check.id) else { preconditionFailure("it was measured before") }
            let second =
                if let user = check.user {
                    try UserFigureMeasuring(check: check, work: work, userColumn: user, phase: .after, context: context)
                        .measure(on: connection)
                } else {
                    try StatisticMeasuring(check: check, work: work, context: context).measure(on: connection)
                }
            for index in result.figures.indices {
                let name = result.figures[index].name
                guard let figure = second.figures.first(where: { $0.name == name }) else { continue }
                result.figures[index].after = figure.after
                result.figures[index].limit = figure.limit
            }
            result.status = second.status
            return .statistic(result)
        case .probe:
            preconditionFailure("a probe is never measured")
        }
    }
}
