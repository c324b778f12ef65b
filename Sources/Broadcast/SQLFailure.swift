/// What the server, or the way to it, has against a statement.
public struct SQLFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server's five-character code; nil when the server gave none, such as for a lost connection.
    public var sqlState: String?
    /// The constraint that was broken.
    public var constraint: String?
    /// The server's main message, in one line.
    public var message: String

    public init(sqlState: String?, constraint: String? = nil, message: String) {
        self.sqlState = sqlState
        self.constraint = constraint
        self.message = message
    }

    public var description: String {
        message + (sqlState.map { " (SQLSTATE \($0))" } ?? "")
    }
}
