import AuditModel

/// How a run repairs.
package struct RepairSettings: Sendable, Equatable {
    /// Everything is done, and rolled back.
    package var isDryRun = false
    /// Rows of one transaction; nil for one transaction a check.
    package var batch: Int?
    /// Time to wait between two batches.
    package var pause: Duration = .zero
    /// The cluster that the last run under this database's name found, and that this one must find.
    package var expectedCluster: String?

    package init() {}

    var mode: Run.Mode { isDryRun ? .dryRun : .fix }
}
