/// The fix of a check, as the run found it in the check file.
package struct FixSummary: Sendable, Equatable {
    /// The statement; nil in a record of format 1, which did not hold it.
    package var statement: String?
    /// The table that it writes.
    package var table: String?
    /// More violations than so many rows, and the fix refuses; nil for no such limit.
    package var limitRows: Int?
    /// More violations than this part of the rows, from 0 to 1, and the fix refuses; nil for no such limit.
    package var limitShare: Double?
    /// Other tables, which triggers of the repaired one write.
    package var alsoWrites: [String]

    package init(
        statement: String? = nil,
        table: String? = nil,
        limitRows: Int? = nil,
        limitShare: Double? = nil,
        alsoWrites: [String] = []
    ) {
        self.statement = statement
        self.table = table
        self.limitRows = limitRows
        self.limitShare = limitShare
        self.alsoWrites = alsoWrites
    }

    package init(_ repair: Repair) {
        self.init(
            statement: repair.fix.text,
            table: repair.table,
            limitRows: repair.limits.rows,
            limitShare: repair.limits.share,
            alsoWrites: repair.alsoWrites
        )
    }
}
