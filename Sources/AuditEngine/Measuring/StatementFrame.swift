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

    /// The number of rows of each user: of each text, as the rows of a query are told apart, and not of each value.
    static func countByUser(_ column: String) -> StatementFrame {
        StatementFrame(
            before: "SELECT \(UserCondition.text("whole", column)) COLLATE \"C\", count(*) FROM (",
            after: { _ in "\n) AS whole GROUP BY 1" }
        )
    }

    /// The number of rows of one user, whose `parameters` are the added ones.
    static func countOfUser(_ condition: UserCondition, _ column: String) -> StatementFrame {
        let rows = ofUser(condition, column)
        return StatementFrame(before: countByUser(column).before, after: { rows.after($0) + " GROUP BY 1" })
    }

    /// The number of rows by the text of a column, the largest first.
    static func countByReason(_ column: String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(
            before: "SELECT whole.\(name)::text, count(*) FROM (",
            // By the text: values of the types that have no equality, such as json, have one.
            after: { _ in "\n) AS whole GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20" }
        )
    }

    /// Only the rows of one user, whose `parameters` are the added ones.
    static func ofUser(_ condition: UserCondition, _ column: String) -> StatementFrame {
        StatementFrame(
            before: "SELECT * FROM (",
            after: { "\n) AS whole WHERE \(condition.sql("whole", column, text: "$\($0)", value: "$\($0 + 1)"))" }
        )
    }

    /// The rows of some users, the added array parameter, by the equality of the column's type: also rows of another
    /// spelling. An index serves it.
    static func ofUsers(_ column: String, type: String) -> StatementFrame {
        let name = SQLText.quoted(identifier: column)
        return StatementFrame(
            before: "SELECT * FROM (",
            after: { "\n) AS whole WHERE whole.\(name) = ANY ($\($0)::\(type)[])" }
        )
    }

    /// The rows of some users, the added array of `bytea`, for types that have no equality.
    static func ofUsersByText(_ column: String) -> StatementFrame {
        StatementFrame(
            before: "SELECT * FROM (",
            after: { "\n) AS whole WHERE \(UserCondition.bytes("whole", column)) = ANY ($\($0)::bytea[])" }
        )
    }
}
