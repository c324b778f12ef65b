/// The two states of the database that a run read.
package struct Snapshots: Sendable, Equatable {
    /// What was measured first.
    package var before: SnapshotIdentity
    /// What was measured after the repairs; nil when the run measured once, or could not measure again.
    package var after: SnapshotIdentity?

    package init(before: SnapshotIdentity, after: SnapshotIdentity? = nil) {
        self.before = before
        self.after = after
    }
}
