import CommonMark

/// A block of an entry that holds no other blocks: its title, a paragraph, the text of a list's item, a table.
struct EntryPart {
    /// What tells it from the entry's other parts: `title`, `table`, or the word that it begins with.
    let role: String
    let said: String
    /// Its lines in the entry's text, without the end of the last one.
    let range: Range<Int>
    /// The bytes of its first line that stand before its text, such as a list's mark.
    let indent: Int
    /// The item whose first part it is, with all that stands in the item.
    let item: Range<Int>?

    var digest: String { SaidText.digest(said, length: 8) }

    /// The parts of an entry's text in their order.
    static func all(in text: [UInt8]) -> [EntryPart] {
        let lines = LineIndex(text)
        var leaves: [Leaf] = []
        collect(MarkdownDocument(bytes: text).root, item: nil, text, lines, into: &leaves)
        // What cmark-gfm has no place for, such as a paragraph directly above a table.
        var next = 1
        var all: [Leaf] = []
        for leaf in leaves {
            all += unread(next..<max(next, leaf.lines.lowerBound), text, lines)
            all.append(leaf)
            next = max(next, leaf.lines.upperBound)
        }
        all += unread(next..<(lines.starts.count + 1), text, lines)
        var roles: [String: Int] = [:]
        return all.enumerated().map { index, leaf in
            let role = index == 0 ? "title" : leaf.role
            roles[role, default: 0] += 1
            let count = roles[role] ?? 1
            return EntryPart(
                role: count == 1 ? role : "\(role)\(count)",
                said: leaf.said,
                range: bytes(leaf.lines, text, lines),
                indent: leaf.indent,
                item: leaf.item.map { bytes($0, text, lines) }
            )
        }
    }

    /// Its lines as parts of their own.
    func lines(in text: [UInt8]) -> [EntryPart] {
        let lines = text[range].split { $0 == 0x0A || $0 == 0x0D }
        return lines.enumerated().map { index, line in
            let said = SaidText.words(line)
            return EntryPart(
                role: Self.role(said),
                said: said,
                range: line.startIndex..<line.endIndex,
                indent: index == 0 ? indent : line.prefix { $0 == 0x20 }.count,
                item: nil
            )
        }
    }

    private struct Leaf {
        var role: String
        var said: String
        var lines: Range<Int>
        var indent = 0
        var item: Range<Int>?
    }

    private static func collect(
        _ node: MarkdownNode,
        item: MarkdownNode?,
        _ text: [UInt8],
        _ lines: LineIndex,
        into leaves: inout [Leaf]
    ) {
        switch node.kind {
        case .document, .list, .blockQuote, .item:
            for (index, child) in node.children.enumerated() {
                collect(child, item: node.kind.isItem && index == 0 ? node : nil, text, lines, into: &leaves)
            }
        default:
            guard node.range.startLine > 0 else { return }
            var said = SaidText.words(node)
            if case .item(isChecked: let isChecked?)? = item?.kind { said = (isChecked ? "[x] " : "[ ] ") + said }
            // A table's lines begin with those of a paragraph directly above it.
            let first =
                node.kind.isTable
                ? node.range.endLine - node.children.count : startLine(node, said, text, lines)
            leaves.append(
                Leaf(
                    role: role(node, said),
                    said: said,
                    lines: first..<(max(first, node.range.endLine) + 1),
                    indent: max(0, node.range.startColumn - 1),
                    item: item.map { $0.range.startLine..<(max($0.range.startLine, $0.range.endLine) + 1) }
                )
            )
        }
    }

    /// A paragraph's lines begin with the definitions of links above it, which are none of it.
    private static func startLine(_ node: MarkdownNode, _ said: String, _ text: [UInt8], _ lines: LineIndex) -> Int {
        let (first, last) = (node.range.startLine, node.range.endLine)
        guard case .paragraph = node.kind, text[lines.range(ofLine: first)].contains(UInt8(ascii: "[")) else {
            return first
        }
        let end = lines.start(ofLine: last + 1)
        return (first..<(last + 1)).last { SaidText.words(text[lines.start(ofLine: $0)..<end]) == said } ?? first
    }

    private static func role(_ node: MarkdownNode, _ said: String) -> String {
        switch node.kind {
        case .heading: "heading"
        case .table: "table"
        case .thematicBreak: "rule"
        default: role(said)
        }
    }

    private static func role(_ said: String) -> String {
        said.split { !$0.isLetter }.first.map { $0.prefix(12).lowercased() } ?? "text"
    }

    private static func unread(_ range: Range<Int>, _ text: [UInt8], _ lines: LineIndex) -> [Leaf] {
        var leaves: [Leaf] = []
        for line in range {
            let said = SaidText.collapsed(String(decoding: text[lines.range(ofLine: line)], as: UTF8.self))
            if said.isEmpty { continue }
            if let last = leaves.last, last.lines.upperBound == line {
                leaves[leaves.count - 1].said += " " + said
                leaves[leaves.count - 1].lines = last.lines.lowerBound..<(line + 1)
            } else {
                leaves.append(Leaf(role: role(said), said: said, lines: line..<(line + 1)))
            }
        }
        return leaves
    }

    /// Lines from 1 as bytes, without blanks and line ends behind the last one.
    private static func bytes(_ range: Range<Int>, _ text: [UInt8], _ lines: LineIndex) -> Range<Int> {
        let start = lines.start(ofLine: range.lowerBound)
        var end = lines.start(ofLine: range.upperBound)
        while end > start, [0x20, 0x09, 0x0A, 0x0D].contains(text[end - 1]) { end -= 1 }
        return start..<end
    }
}

extension MarkdownNode.Kind {
    fileprivate var isItem: Bool { if case .item = self { true } else { false } }

    fileprivate var isTable: Bool { if case .table = self { true } else { false } }
}
