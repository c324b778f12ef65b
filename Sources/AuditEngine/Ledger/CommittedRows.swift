import AuditModel
import Wording

/// What a run has committed, check by check; without rows, the empty journal alone.
package struct CommittedRows: Sendable, Equatable {
    package struct OfCheck: Sendable, Equatable {
        package var check: String
        package var rows: Int
    }

    /// In the order of the commits.
    package var checks: [OfCheck]
    /// They were taken back, not repaired.
    package var areTakenBack: Bool

    /// Such as `23 rows of the check a and 1 row of the check b were`.
    package var summary: String {
        let parts = checks.map { "\($0.rows.of("row")) of the check \($0.check)" }
        return parts.joined(separator: " and ") + (checks.reduce(0) { $0 + $1.rows } == 1 ? " was" : " were")
    }

    /// What must be said when no report says it.
    ///
    /// - Parameter undo: the command that takes the run's repairs back.
    func words(_ undo: String) -> String {
        guard !checks.isEmpty else {
            return "No report was written, and no row was changed. The journal of the repairs (schema assay) was "
                + "created, and stays, empty."
        }
        return areTakenBack
            ? "No report was written. \(summary) taken back, and that is committed. `assay history` tells of it."
            : "No report was written. \(summary) repaired, and that is committed. "
                + "Take it back with `\(undo)`, or run again."
    }
}
