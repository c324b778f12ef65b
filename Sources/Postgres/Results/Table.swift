/// A whole, small result as text; nil is NULL.
package struct Table: Sendable, Equatable {
    package var columns: [Column]
    package var rows: [[String?]]

    package init(columns: [Column], rows: [[String?]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The first column of the first row; nil when there is none, or it is NULL.
    package var firstValue: String? {
        rows.first?.first ?? nil
    }
}
