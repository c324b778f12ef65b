/// How a check stands at the end of a run.
package enum Status: String, Codable, Sendable, CaseIterable {
    /// Nothing was found.
    case clear
    /// Something was found, and all of it was repaired.
    case repaired
    /// Violations of severity error are left, or a figure is past its error limit.
    case failing
    /// Violations of severity warning are left, or a figure is past its warning limit.
    case warning
    /// Violations of severity info are left.
    case info
    /// The fix would have repaired more than its limits allow, and nothing was repaired; all was measured.
    case refused
    /// The fix did something else than it says, and nothing was repaired; all was measured.
    case rolledBack = "rolled-back"
    /// The check could not be measured.
    case error
    /// The check was not run.
    case skipped

    /// What violations of a severity make of a check.
    package init(violated severity: Severity) {
        switch severity {
        case .error: self = .failing
        case .warning: self = .warning
        case .info: self = .info
        }
    }

    /// The check's fix was tried, and nothing was repaired.
    package var isNotRepaired: Bool { self == .refused || self == .rolledBack }

    /// Violations or broken limits are left.
    package var isViolated: Bool { severity != nil }

    /// The severity of what is left; nil when nothing is, or nothing was measured.
    package var severity: Severity? {
        switch self {
        case .failing: .error
        case .warning: .warning
        case .info: .info
        case .clear, .repaired, .refused, .rolledBack, .error, .skipped: nil
        }
    }
}
