/// Which repairs a run takes back.
package struct UndoSettings: Sendable, Equatable {
    /// The id of the run whose repairs are taken back, as the user wrote it.
    package var run: String
    /// The suite as it was named, for messages; nil: its path.
    package var suiteName: String?
    /// Ids of checks; all of the run's when empty.
    package var checks: [String] = []
    /// The id of the one user whose rows are taken back, as bytes: not every database has them in UTF-8.
    package var userID: [UInt8]?

    /// The id for people.
    package var user: String? {
        get { userID.map { String(decoding: $0, as: UTF8.self) } }
        set { userID = newValue.map { Array($0.utf8) } }
    }

    /// Everything is done, and rolled back.
    package var isDryRun = false
    /// The cluster that the last run under this database's name found, and that this one must find.
    package var expectedCluster: String?

    package init(run: String) {
        self.run = run
    }

    /// Whether a journalled row is one of the user's, in SQL.
    ///
    /// - Parameter number: that of the parameter that has the value `userParameter`.
    static func isOfUser(_ number: Int) -> String {
        """
        ($\(number)::bytea IS NULL OR pg_catalog.textsend(coalesce(user_id, '')) = $\(number)::bytea)
        """
    }

    var userParameter: String? { userID.map { String(decoding: byteaLiteral($0), as: UTF8.self) } }
}
