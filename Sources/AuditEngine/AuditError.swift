package import Postgres
package import RunRecords

/// A run could not take place, or broke off as a whole.
package enum AuditError: Error, Sendable, CustomStringConvertible {
    /// No connection, or it was lost before anything was measured.
    case unreachable(PostgresError)
    /// The server let nobody in under this name, or the role may not do what a run needs.
    case refused(PostgresError)
    /// The conninfo, or a limit that was to be set, is wrong.
    case wrongSettings(PostgresError)
    case unexpectedDatabase(found: String, expected: String)
    /// A setting of the run is wrong, such as an unknown check.
    case wrongUsage(String)
    case output(OutputError)
    /// Ended from outside, by a signal.
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let error):
            "\(error) Check that the server runs and that --database names it."
        case .refused(let error):
            "\(error) Check the user, its password (PGPASSWORD or ~/.pgpass), and the server's pg_hba.conf."
        case .wrongSettings(let error):
            "\(error) Check --database and the time limits."
        case .unexpectedDatabase(let found, let expected):
            "this is the database '\(found)', and '\(expected)' is expected. Nothing was read. "
                + "Name the right one with --database, or change `expect` in assay.yml."
        case .wrongUsage(let message): message
        case .output(let error): error.description
        case .cancelled: "the run was cancelled; nothing was written."
        }
    }
}
