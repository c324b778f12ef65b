import CommonMark

/// Entries that are no headings: list items and paragraphs that begin with their dates.
struct LoggedLines {
    /// The first block of them.
    let first: Int
    let last: Int
    let dates: [FoundDate]

    /// - Parameter blocks: where to look.
    init?(_ outline: Outline, in blocks: some Sequence<Int>, _ dates: DateSearch) {
        var found: [(block: Int, date: FoundDate)] = []
        for index in blocks where outline.entry(at: outline.blocks[index].start) == nil {
            found += Self.texts(outline.root.children[index]).compactMap { text in
                guard let date = dates.first(in: text.utf8.prefix(40)),
                    !String(decoding: text.utf8.prefix(date.range.lowerBound), as: UTF8.self).hasWords
                else { return nil }
                return (index, date)
            }
        }
        guard let first = found.first, let last = found.last else { return nil }
        // One line in bold may be the date of the document.
        if found.count == 1, outline.root.children[first.block].kind == .paragraph,
            outline.root.children[first.block].plainText.utf8.count == first.date.range.upperBound
        {
            return nil
        }
        self.first = first.block
        self.last = last.block
        self.dates = found.map(\.date)
    }

    /// What can begin with a date: the items of a list, or a paragraph that begins in bold.
    private static func texts(_ node: MarkdownNode) -> [String] {
        switch node.kind {
        case .list:
            node.children.compactMap { item in
                item.children.first.flatMap { $0.kind == .paragraph ? $0.plainText : nil }
            }
        case .paragraph where node.children.first?.kind == .strong: [node.plainText]
        default: []
        }
    }
}
