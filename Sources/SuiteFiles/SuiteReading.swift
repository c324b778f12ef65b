package import AuditModel

/// What reading a suite's files gives.
package struct SuiteReading: Sendable, Equatable {
    /// Nil when a file has a mistake.
    package var suite: Suite?
    /// Mistakes and advice, sorted by path and line.
    package var mistakes: [SuiteMistake]

    package init(suite: Suite?, mistakes: [SuiteMistake]) {
        self.suite = suite
        self.mistakes = mistakes
    }

    package func required() throws(SuiteErrors) -> Suite {
        guard let suite else { throw SuiteErrors(mistakes: mistakes.filter { $0.kind == .error }) }
        return suite
    }
}
