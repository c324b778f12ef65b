/// A character of a template; lines and columns count from 1, columns in characters.
package struct TemplatePlace: Hashable, Sendable {
    package let line: Int
    package let column: Int
    /// The line, without its end; tabs are blanks, so that a mark below it stands right.
    package let text: String

    init(line: Int, column: Int, text: String) {
        self.line = line
        self.column = column
        self.text = String(text.map { $0 == "\t" ? " " : $0 })
    }
}
