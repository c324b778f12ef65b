import AuditModel

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

    /// Such as `channel-without-broadcast 23, broadcast-stuck 4`.
    package var summary: String {
        checks.map { "\($0.check) \($0.rows)" }.joined(separator: ", ")
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
            ? "No report was written. Taken back until then, for good: \(summary). `assay history` tells of it."
            : "No report was written. Repaired and journalled until then: \(summary). "
                + "Take it back with `\(undo)`, or run again."
    }
}
