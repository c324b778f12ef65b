/// A place in a text as people count it: lines and columns from 1, columns in characters.
package struct TextPosition: Hashable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte of the text's UTF-8; a line ends with `\n`, `\r\n` or a lone `\r`.
    package init(utf8Offset offset: Int, in text: String) {
        let end = text.utf8.index(text.startIndex, offsetBy: min(max(offset, 0), text.utf8.count))
        line = 1
        column = 1
        var index = text.startIndex
        while index < end {
            // `\r\n` is one Character.
            let character = text[index]
            if character == "\n" || character == "\r\n" || character == "\r" {
                line += 1
                column = 1
            } else {
                column += 1
            }
            let next = text.index(after: index)
            // A place inside a character of several scalars is the place of that character.
            if next > end {
                column -= 1
                break
            }
            index = next
        }
    }

    /// The byte at a position that PostgreSQL gives in an error: in code points from 1.
    package static func utf8Offset(ofServerPosition position: Int, in text: String) -> Int {
        var offset = 0
        var left = position - 1
        for scalar in text.unicodeScalars {
            if left <= 0 { break }
            left -= 1
            offset += UTF8.width(scalar)
        }
        return offset
    }
}
