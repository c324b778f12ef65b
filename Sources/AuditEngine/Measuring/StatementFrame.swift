import SQLSyntax

/// What is put around a check's statement to send it.
struct StatementFrame: Sendable {
    var before: String
    /// Takes the number of the first parameter that the frame adds.
    var after: @Sendable (_ nextNumber: Int) -> String

    /// The statement as it is.
    static let none = StatementFrame(before: "", after: { _ in "" })
    /// Plans the statement, which looks at privileges too, and runs nothing.
    static let explain = StatementFrame(before: "EXPLAIN ", after: { _ in "" })
    /// The same, for a statement that only the server can read: what is no single query does not fit in.
    static let explainRows = StatementFrame(before: "EXPLAIN SELECT * FROM (", after: { _ in "\n) AS whole" })
    /// Streams the rows as CSV. The bracket stands on a line of its own, out of reach of a trailing comment.
    static let copy = StatementFrame(before: "COPY (", after: { _ in "\n) TO STDOUT (FORMAT csv)" })
    /// One row, or two where there is more than one.
    static let atMostTwoRows = StatementFrame(before: "SELECT * FROM (", after: { _ in "\n) AS one LIMIT 2" })

    /// The number of rows, for nobody in particular.
    static let count = StatementFrame(before: "SELECT '', count(*) FROM (", after: { _ in "\n) AS whole" })

    /// The number of rows of each user.
    static func countByUser(_ column: String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(
            before: "SELECT whole.\(name), count(*) FROM (",
            after: { _ in "\n) AS whole GROUP BY whole.\(name)" }
        )
    }

    /// The number of rows by the text of a column, the largest first.
    static func countByReason(_ column: String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(
            before: "SELECT whole.\(name)::text, count(*) FROM (",
            after: { _ in "\n) AS whole GROUP BY whole.\(name) ORDER BY 2 DESC, 1 LIMIT 20" }
        )
    }

    /// The number of rows of one user, the added parameter.
    static func countOfUser(_ column: String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(
            before: "SELECT whole.\(name), count(*) FROM (",
            after: { "\n) AS whole WHERE whole.\(name) = $\($0) GROUP BY whole.\(name)" }
        )
    }

    /// Only the rows of one user, the added parameter.
    static func ofUser(_ column: String) -> StatementFrame {
        // Without a cast, which would cut a long value to the column's length.
        rows(where: column) { "= $\($0)" }
    }

    /// Only the rows of some users, the added array parameter.
    static func ofUsers(_ column: String) -> StatementFrame {
        rows(where: column) { "= ANY ($\($0))" }
    }

    private static func rows(where column: String, _ condition: @escaping @Sendable (Int) -> String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(before: "SELECT * FROM (", after: { "\n) AS whole WHERE whole.\(name) \(condition($0))" })
    }
}
