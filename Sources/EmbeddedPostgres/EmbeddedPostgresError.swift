/// Why there is no private PostgreSQL cluster.
package struct EmbeddedPostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence: what happened, and what to do.
    package var message: String
    /// What the failed program, or the server, printed; often many lines.
    package var log: String

    package init(message: String, log: String = "") {
        self.message = message
        self.log = log
    }

    package var description: String {
        log.isEmpty ? message : message + "\n" + log
    }
}
