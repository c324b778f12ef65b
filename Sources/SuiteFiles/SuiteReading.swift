package import AuditModel

/// What reading a suite's files gives.
package struct SuiteReading: Sendable, Equatable {
    /// The suite's folder, as the user named it.
    package var path: String
    /// Nil when a file has a mistake.
    package var suite: Suite?
    /// Mistakes and advice, sorted by path and line.
    package var mistakes: [SuiteMistake]
    /// Files that look like a part of the suite, and are none.
    package var notRead: [SuiteMistake] = []
    /// Statements of the suite on which only the server has the last word.
    package var unread: [UnreadStatement] = []

    /// - Throws: also where a server could still say that a statement is right.
    package func required() throws(SuiteErrors) -> Suite {
        guard let suite, unread.isEmpty else { throw SuiteErrors(mistakes: mistakes.filter(\.isMistake)) }
        return suite
    }
}

/// A statement that PostgreSQL 15's grammar refuses: a slip of the pen, or SQL of a newer server.
package struct UnreadStatement: Sendable, Equatable {
    package var statement: Statement
    package var mistake: SuiteMistake
}
