import CommonMark

extension String {
    /// Text that may come from data, in one line: what would move a cursor, turn a direction, begin a line, or not be
    /// seen has a sign of its own, such as `␛` and `↵`.
    var visible: String { MarkdownEscaping.visible(self) }

    /// The same for a text of several lines of ours.
    var visibleLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indentation = line.prefix { $0 == " " }
            return indentation + String(line.dropFirst(indentation.count)).visible
        }.joined(separator: "\n")
    }
}
