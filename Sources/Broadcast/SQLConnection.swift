/// A connection with an open transaction, as the caller's own database library has it.
///
/// A few lines make any library's connection one:
///
///     extension MyConnection: SQLConnection {
///         func query(_ sql: String, _ parameters: [String?]) async throws(SQLFailure) -> [[String?]] { … }
///     }
public protocol SQLConnection {
    /// Runs one statement and returns its rows in PostgreSQL's text form; nil is NULL.
    ///
    /// - Parameter parameters: the values of `$1`, `$2` … in PostgreSQL's text form, to be sent as bind parameters. The
    ///   statement gives each its type with a cast.
    func query(_ sql: String, _ parameters: [String?]) async throws(SQLFailure) -> [[String?]]
}
