/// One SQL statement of a check file, as its author wrote it or as a short form makes it.
package struct Statement: Sendable, Equatable {
    /// The text, without a closing semicolon; named parameters stand in it as `:name`.
    package var text: String
    /// Where its first character stands.
    package var place: Place
    /// Nobody wrote the text: all of it stands for the place.
    package var isGenerated: Bool

    package init(_ text: String, at place: Place, isGenerated: Bool = false) {
        self.text = text
        self.place = place
        self.isGenerated = isGenerated
    }

    /// The place in the file of a character of the text, both counted from 1.
    ///
    /// Off by the indentation, at most three columns, from the second line of an indented fence.
    package func place(line: Int, column: Int) -> Place {
        if isGenerated { return place }
        return Place(
            path: place.path,
            line: place.line + line - 1,
            column: line == 1 ? place.column + column - 1 : column
        )
    }

    /// A character of a file, for messages; lines and columns count from 1, columns in characters.
    package struct Place: Sendable, Equatable {
        package var path: String
        package var line: Int
        package var column: Int

        package init(path: String, line: Int, column: Int) {
            self.path = path
            self.line = line
            self.column = column
        }
    }
}
