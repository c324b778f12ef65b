/// The verdict of a run in one word.
package enum Outcome: String, Codable, Sendable {
    /// Everything was measured, and no violation of any severity is left.
    case clear
    /// Everything was measured, and violations or broken limits are left.
    case violations
    /// Something could not be measured; violations may be left, too.
    case incomplete

    package init(checks: [CheckResult], statistics: [StatisticResult], coverage: Coverage) {
        if !coverage.notMeasured.isEmpty {
            self = .incomplete
        } else if (checks.map(\.status) + statistics.map(\.status)).contains(where: \.isViolated) {
            self = .violations
        } else {
            self = .clear
        }
    }
}
