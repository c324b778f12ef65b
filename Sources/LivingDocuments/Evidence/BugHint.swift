import CommonMark

/// What helps somebody who named an entry that is none.
enum BugHint {
    /// A sentence about where the name stands else, or which entry is meant; nil when nothing is like it.
    static func of(_ query: String, in outline: Outline, among headings: [Outline.Heading]) -> String? {
        let wanted = query.trimmingBlanks.lowercased()
        guard !wanted.isEmpty else { return nil }
        if let (line, place) = place(of: wanted, in: outline) {
            return "line \(line) has it in \(place), and evidence stands below a heading"
        }
        let near = headings.compactMap { heading -> (distance: Int, text: String)? in
            let words = heading.text.lowercased().split { " :,–—()[]".contains($0) }.map(String.init)
            let distances = ([heading.text.lowercased()] + words).map { Self.distance(wanted, $0) }
            return distances.min().map { ($0, heading.text) }
        }
        guard let best = near.min(by: { $0.distance < $1.distance }), best.distance <= max(1, wanted.count / 3),
            best.distance < wanted.count
        else { return nil }
        return "did you mean '\(MarkdownEscaping.visible(best.text).shortened(to: 100))'?"
    }

    private static func place(of wanted: String, in outline: Outline) -> (line: Int, place: String)? {
        for (index, block) in outline.blocks.enumerated() where outline.entry(at: block.start) == nil {
            let node = outline.root.children[index]
            let rows: [MarkdownNode]
            let place: String
            switch node.kind {
            case .table: (rows, place) = (node.children, "a table")
            case .list: (rows, place) = (node.children, "a list")
            // Other words stand in any text by chance.
            case .paragraph where BugID.begins(wanted): (rows, place) = ([node], "a paragraph")
            case .htmlBlock(let html) where BugID.begins(wanted):
                if BugID.occurs(wanted, in: html.lowercased(), asWords: true) {
                    return (outline.document.line(at: block.start), "HTML")
                }
                continue
            default: continue
            }
            for row in rows where BugID.occurs(wanted, in: Self.text(of: row).lowercased(), asWords: true) {
                let line = outline.document.line(at: outline.start(ofLine: max(1, row.range.startLine)))
                return (line, place)
            }
        }
        return nil
    }

    private static func text(of node: MarkdownNode) -> String {
        node.children.isEmpty ? node.plainText : node.children.map(text).joined(separator: node.isBlock ? "\n" : "")
    }

    /// How many letters must be changed, added, taken away or exchanged with their neighbours.
    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.unicodeScalars.prefix(100)), Array(b.unicodeScalars.prefix(100)))
        var before: [Int] = []
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var next = [i + 1]
            for (j, right) in b.enumerated() {
                var cost = min(row[j] + (left == right ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, left == b[j - 1], a[i - 1] == right { cost = min(cost, before[j - 1] + 1) }
                next.append(cost)
            }
            (before, row) = (row, next)
        }
        return row[b.count]
    }
}

extension MarkdownNode {
    /// Its children are parted by lines or cells.
    fileprivate var isBlock: Bool {
        switch kind {
        case .item, .list, .tableRow, .table, .blockQuote: true
        default: false
        }
    }
}
