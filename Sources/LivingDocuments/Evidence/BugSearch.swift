/// Finds the entry that a person means.
struct BugSearch {
    enum Result {
        /// The position of the entry's heading in the outline's blocks.
        case found(Int)
        case ambiguous([String])
        case missing([String])
    }

    private static let limit = 20

    let outline: Outline

    init(_ outline: Outline) {
        self.outline = outline
    }

    func find(_ query: String) -> Result {
        let wanted = query.trimmingBlanks.lowercased()
        let headings = outline.headings.filter { $0.index != outline.title?.index }
        let all = headings.map(\.heading.text)
        guard !wanted.isEmpty else { return .missing(Array(all.prefix(Self.limit))) }
        // What matches best decides alone.
        let ways: [(Outline.Heading, Int) -> Bool] = [
            { heading, _ in heading.text.lowercased() == wanted },
            { heading, index in marker(of: index) == wanted },
            { heading, _ in Self.words(heading.text).contains(wanted) },
            { heading, _ in heading.text.lowercased().contains(wanted) },
        ]
        for matches in ways {
            let found = headings.filter { matches($0.heading, $0.index) }
            if found.count == 1, let one = found.first { return .found(one.index) }
            if found.count > 1 { return .ambiguous(Array(found.map(\.heading.text).prefix(Self.limit))) }
        }
        return .missing(Array(all.prefix(Self.limit)))
    }

    /// The check of assay's own entry, or the name in `<!-- assay:bug NAME -->` directly around the heading.
    private func marker(of index: Int) -> String? {
        let start = outline.blocks[index].start
        if let entry = outline.entries.first(where: { $0.range.contains(start) }) { return entry.marker.check }
        for neighbour in [index - 1, index + 1] where outline.blocks.indices.contains(neighbour) {
            guard case .html(let html) = outline.blocks[neighbour].kind else { continue }
            let comment = html.trimmingBlanks
            guard comment.hasPrefix("<!-- assay:bug "), comment.hasSuffix(" -->") else { continue }
            return comment.dropFirst(15).dropLast(4).lowercased().trimmingBlanks
        }
        return nil
    }

    /// Words such as `bug-12`, so that `BUG-1` does not find it.
    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "#") }.map(
            String.init
        )
    }
}
