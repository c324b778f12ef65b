/// Rows that a check's fix wrote, as people know them.
package struct RepairedKeys: Sendable, Hashable {
    package var check: String
    /// The keys of the rows, one text a row; a few are enough.
    package var keys: [String]
    /// The number of all rows.
    package var count: Int

    package init(check: String, keys: [String], count: Int) {
        self.check = check
        self.keys = keys
        self.count = count
    }
}
