package import AuditModel

/// What a run tells while it goes on; arrives on any thread.
package enum AuditProgress: Sendable {
    case connected(DatabaseIdentity, connections: Int)
    case started(check: String)
    /// Violations of a check so far.
    case rows(check: String, count: Int)
    /// - Parameter count: violations; nil for a statistic, and where nothing was measured.
    case finished(check: String, status: Status, count: Int?, seconds: Double)
}
