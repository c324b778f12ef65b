/// The limits of one figure of a statistic: past them it warns or fails.
package struct FigureLimits: Sendable, Equatable {
    package var error: Limit?
    package var warning: Limit?

    package init(error: Limit? = nil, warning: Limit? = nil) {
        self.error = error
        self.warning = warning
    }

    /// The gravest limit that a value is past, or nil when it keeps them all.
    package func broken(by value: DecimalNumber) -> Severity? {
        if let error, error.isPast(value) { return .error }
        if let warning, warning.isPast(value) { return .warning }
        return nil
    }

    /// A comparison such as `< 0.90`: a value for which it holds is past the limit.
    package struct Limit: Sendable, Equatable, CustomStringConvertible {
        package enum Comparison: String, Sendable, CaseIterable {
            case less = "<"
            case lessOrEqual = "<="
            case greater = ">"
            case greaterOrEqual = ">="
            case equal = "="
            case notEqual = "!="
        }

        package var comparison: Comparison
        package var bound: DecimalNumber
        /// The limit as its author wrote it.
        package var description: String

        package init(_ comparison: Comparison, _ bound: DecimalNumber, description: String) {
            self.comparison = comparison
            self.bound = bound
            self.description = description
        }

        package func isPast(_ value: DecimalNumber) -> Bool {
            switch comparison {
            case .less: value < bound
            case .lessOrEqual: value <= bound
            case .greater: value > bound
            case .greaterOrEqual: value >= bound
            case .equal: value == bound
            case .notEqual: value != bound
            }
        }
    }
}
