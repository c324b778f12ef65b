import AuditModel

/// What a run says of one check or statistic, in the form that documents compare.
struct Finding {
    enum Standing: Equatable {
        case clear, violated
        /// Nothing can be concluded from this run; a check that nobody asked for has no reason.
        case unmeasured(reason: String?)
    }

    var id: String
    var title: String
    var severity: Severity
    var standing: Standing
    /// Violations; for a statistic, figures past a limit.
    var before: Int
    var repaired: Int?
    /// Ended without a repair of the check's own.
    var gone: Int?
    var new: Int?
    var after: Int
    var usersBefore: Int?
    var usersAfter: Int?
    var documentation: String
    /// What is counted.
    var isStatistic: Bool
    /// A fix is written for it.
    var hasFix = false
    /// Why its fix was refused or rolled back.
    var refusal: String?

    var isMeasured: Bool {
        if case .unmeasured = standing { false } else { true }
    }

    /// The findings of all checks, and of the statistics that have limits, in the suite's order.
    static func all(_ run: Run) -> [Finding] {
        // What a check found is a fact, and what it may have missed makes it not clear.
        let gaps = Dictionary(run.coverage.notMeasured.map { ($0.id, $0.reason) }) { first, _ in first }
        // What one user lacks says nothing of the others.
        let isOfOneUser = run.selection.user != nil
        func standing(_ id: String, _ status: Status, after: Int = 0, _ error: String?) -> Standing {
            if isOfOneUser { return .unmeasured(reason: nil) }
            return switch status {
            case .failing, .warning, .info: .violated
            // A fix that was refused leaves what was measured as it was.
            case .refused, .rolledBack: after > 0 ? .violated : .clear
            case .clear, .repaired: gaps[id].map { .unmeasured(reason: $0) } ?? .clear
            case .error: .unmeasured(reason: error ?? gaps[id] ?? "it failed")
            case .skipped: .unmeasured(reason: nil)
            }
        }
        let checks = run.checks.map { check in
            Finding(
                id: check.id,
                title: check.title,
                severity: check.severity,
                standing: standing(check.id, check.status, after: check.after ?? 0, check.error),
                before: check.before ?? 0,
                repaired: check.repaired,
                gone: check.gone,
                new: check.new,
                after: check.after ?? 0,
                usersBefore: check.usersBefore,
                usersAfter: check.usersAfter,
                documentation: check.documentation,
                isStatistic: false,
                hasFix: check.fix != nil,
                refusal: check.status == .refused || check.status == .rolledBack ? check.error : nil
            )
        }
        let statistics = run.statistics.filter { statistic in
            statistic.status == .error || statistic.status == .skipped || statistic.figures.contains { $0.limit != nil }
        }
        .map { statistic in
            let broken = statistic.figures.count { $0.limit?.broken != nil }
            return Finding(
                id: statistic.id,
                title: statistic.title,
                severity: statistic.status.severity ?? .error,
                standing: standing(statistic.id, statistic.status, statistic.error),
                before: broken,
                after: broken,
                documentation: statistic.documentation,
                isStatistic: true
            )
        }
        return checks + statistics
    }
}
