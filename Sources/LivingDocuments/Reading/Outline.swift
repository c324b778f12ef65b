import CommonMark

/// The blocks of a document that stand in no other, with the entries that assay's comments mark.
struct Outline {
    struct Block {
        var kind: Kind
        /// The offset of the first byte of its first line.
        var start: Int
        /// The offset behind its last line, as far as cmark-gfm tells.
        var end: Int
    }

    enum Kind: Equatable {
        case heading(Heading)
        case html(String)
        case code
        case thematicBreak
        case table
        case text
    }

    struct Heading: Equatable {
        var level: Int
        /// As it is written, without `#` marks.
        var source: String
        /// As a reader sees it.
        var text: String
        /// `#` marks stand behind it, too.
        var isClosed: Bool
        /// A line of `=` or `-` stands below it.
        var isSetext = false
    }

    let document: Document
    /// All nodes; their lines count from the beginning of the body.
    let root: MarkdownNode
    let lines: LineIndex
    let blocks: [Block]
    let entries: [Entry]

    init(_ document: Document) {
        self.document = document
        let body = Array(document.body)
        lines = LineIndex(body)
        root = MarkdownDocument(bytes: body).root
        var blocks: [Block] = []
        blocks.reserveCapacity(root.children.count)
        for node in root.children {
            // A paragraph that stands directly above a table has no lines.
            let previous = blocks.last?.end ?? document.bodyStart
            let line = node.range.startLine
            let start = line > 0 ? lines.start(ofLine: line) + document.bodyStart : previous
            let last = max(line, node.range.endLine)
            let end = last > 0 ? lines.start(ofLine: last + 1) + document.bodyStart : start
            blocks.append(
                Block(kind: Self.kind(node, from: start, in: document.bytes), start: start, end: max(start, end))
            )
        }
        self.blocks = blocks
        entries = Entry.all(in: blocks, document)
    }

    private static func kind(_ node: MarkdownNode, from start: Int, in bytes: [UInt8]) -> Kind {
        switch node.kind {
        case .heading(let level):
            .heading(heading(level, node.plainText, at: start, in: bytes))
        case .htmlBlock(let html): .html(html)
        case .codeBlock: .code
        case .thematicBreak: .thematicBreak
        case .table: .table
        default: .text
        }
    }

    private static func heading(_ level: Int, _ text: String, at start: Int, in bytes: [UInt8]) -> Heading {
        let source = HeadingSource.text(at: start, in: bytes)
        let line = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
        let last = line.last { $0 != 0x20 && $0 != 0x09 }
        let isClosed = last == UInt8(ascii: "#") && source.utf8.last != UInt8(ascii: "#") && !source.isEmpty
        let isSetext = line.drop { $0 == 0x20 || $0 == 0x09 }.first != UInt8(ascii: "#")
        return Heading(level: level, source: source, text: text, isClosed: isClosed, isSetext: isSetext)
    }

    /// A heading with all that stands below it.
    func section(of index: Int) -> Range<Int> {
        let start = blocks[index].start
        // A heading within an entry ends where the entry begins, as far as people's sections go.
        return start..<max(start, sectionEnd(of: index))
    }

    /// The offset of a line of the tree, from 1.
    func start(ofLine line: Int) -> Int {
        lines.start(ofLine: line) + document.bodyStart
    }

    /// The headings with their blocks' positions in `blocks`.
    var headings: [(index: Int, heading: Heading)] {
        blocks.enumerated().compactMap { index, block in
            if case .heading(let heading) = block.kind { (index, heading) } else { nil }
        }
    }

    /// The heading that names the whole document: its first, when it is of level 1 or begins the document and no other is
    /// of its level, unless it is the first of several entries.
    var title: (index: Int, heading: Heading)? {
        let headings = headings
        guard let first = headings.first, entry(at: blocks[first.index].start) == nil else { return nil }
        let others = headings.dropFirst()
        if first.heading.level == 1 {
            let alike = others.filter { $0.heading.level == 1 }
            return alike.contains { EntrySigns.areAlike(first.heading.text, $0.heading.text) } ? nil : first
        }
        let begins = blocks[..<first.index].allSatisfy { $0.kind != .text && $0.kind != .table && $0.kind != .code }
        let people = others.filter { entry(at: blocks[$0.index].start) == nil }
        let isAlone = !people.isEmpty && people.allSatisfy { $0.heading.level > first.heading.level }
        return begins && isAlone && !EntrySigns.begin(first.heading) ? first : nil
    }

    /// Where the section of a heading ends: at the next heading that is no deeper, or at the end.
    func sectionEnd(of index: Int) -> Int {
        guard case .heading(let heading) = blocks[index].kind else { return blocks[index].end }
        for other in (index + 1)..<blocks.count {
            if case .heading(let next) = blocks[other].kind, next.level <= heading.level {
                return blocks[start(ofHeading: other)].start
            }
        }
        return document.bytes.count
    }

    /// An offset, moved before the entry that it would split.
    func place(of offset: Int) -> Int {
        entry(at: offset)?.range.lowerBound ?? offset
    }

    /// The entry of assay's that holds an offset.
    func entry(at offset: Int) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].range.contains(offset) ? entries[low] : nil
    }
}
