/// Every mistake in the files of a suite, sorted by path and line; never empty.
package struct SuiteErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package var mistakes: [SuiteMistake]

    package init(mistakes: [SuiteMistake]) {
        self.mistakes = mistakes
    }

    package var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }
}
