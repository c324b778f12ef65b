/// The verdict of a run in one word.
package enum Outcome: String, Codable, Sendable {
    /// Everything that was asked for was measured, and no violation of any severity is left.
    case clear
    /// Everything that was asked for was measured, and violations or broken limits are left.
    case violations
    /// Something could not be measured; violations may be left, too.
    case incomplete
    /// Everything was measured, and a fix was refused or rolled back.
    case notRepaired = "not-repaired"

    /// What was skipped because the caller asked for it makes no run incomplete.
    package init(checks: [CheckResult], statistics: [StatisticResult]) {
        let statuses = checks.map(\.status) + statistics.map(\.status)
        if statuses.contains(.error) {
            self = .incomplete
        } else if statuses.contains(where: \.isNotRepaired) {
            self = .notRepaired
        } else if statuses.contains(where: \.isViolated) {
            self = .violations
        } else {
            self = .clear
        }
    }
}
