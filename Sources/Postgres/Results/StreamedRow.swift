/// One row on its way, in the server's text format. It ends with the closure that got it.
package struct StreamedRow: ~Copyable {
    private let result: QueryResult

    init(adopting result: consuming QueryResult) {
        self.result = result
    }

    package var columnCount: Int { result.columnCount }

    /// The columns of every row of this result.
    package var columns: [Column] { result.columns }

    /// A value's bytes, valid while the row is; nil is NULL.
    package func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        precondition(column >= 0 && column < columnCount, "no such column")
        return result.bytes(row: 0, column: column)
    }

    /// A value as text, with replacement characters for what is not UTF-8; nil is NULL.
    package func text(_ column: Int) -> String? {
        bytes(column).map { String(decoding: $0, as: UTF8.self) }
    }
}
