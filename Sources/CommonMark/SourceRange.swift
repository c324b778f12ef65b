/// Where an element stands in a text; lines and columns count from 1, columns in bytes.
package struct SourceRange: Sendable, Equatable {
    package var startLine: Int
    package var startColumn: Int
    /// The last line that belongs to the element.
    package var endLine: Int
    /// The last byte that belongs to the element; 0 where it ends with an empty line.
    package var endColumn: Int

    package init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
        self.startLine = startLine
        self.startColumn = startColumn
        self.endLine = endLine
        self.endColumn = endColumn
    }
}
