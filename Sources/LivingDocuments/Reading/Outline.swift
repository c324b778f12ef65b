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
            blocks.append(Block(kind: Self.kind(node, from: start, in: document.bytes), start: start, end: end))
        }
        self.blocks = blocks
        entries = Entry.all(in: blocks, document)
    }

    private static func kind(_ node: MarkdownNode, from start: Int, in bytes: [UInt8]) -> Kind {
        switch node.kind {
        case .heading(let level):
            .heading(Heading(level: level, source: HeadingSource.text(at: start, in: bytes), text: node.plainText))
        case .htmlBlock(let html): .html(html)
        case .codeBlock: .code
        case .thematicBreak: .thematicBreak
        case .table: .table
        default: .text
        }
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

    /// The heading that names the whole document: its first, of level 1.
    var title: (index: Int, heading: Heading)? {
        guard let first = headings.first, first.heading.level == 1 else { return nil }
        return first
    }

    /// Where the section of a heading ends: at the next heading that is no deeper, or at the end.
    func sectionEnd(of index: Int) -> Int {
        guard case .heading(let heading) = blocks[index].kind else { return blocks[index].end }
        for block in blocks[(index + 1)...] {
            if case .heading(let next) = block.kind, next.level <= heading.level { return place(of: block.start) }
        }
        return document.bytes.count
    }

    /// An offset, moved before the entry that it would split.
    func place(of offset: Int) -> Int {
        entries.first { $0.range.contains(offset) }?.range.lowerBound ?? offset
    }
}
