/// Which repairs a run takes back.
package struct UndoSettings: Sendable, Equatable {
    /// The id of the run whose repairs are taken back, as the user wrote it.
    package var run: String
    /// Ids of checks; all of the run's when empty.
    package var checks: [String] = []
    /// The one user whose rows are taken back.
    package var user: String?
    /// Everything is done, and rolled back.
    package var isDryRun = false
    /// The cluster that the last run under this database's name found, and that this one must find.
    package var expectedCluster: String?

    package init(run: String) {
        self.run = run
    }
}
