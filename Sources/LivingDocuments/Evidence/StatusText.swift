import CommonMark

/// The lines of an entry in which its status may be told: its heading, and its own text above any other heading.
struct StatusText {
    /// The heading without its marks; nil for one that goes over several lines.
    let heading: ArraySlice<UInt8>?
    private(set) var field: StatusField?
    /// A line has a label such as `Severity:`.
    private(set) var hasSeverityField = false

    private let outline: Outline

    init(_ outline: Outline, of index: Int, in section: Range<Int>) {
        self.outline = outline
        heading = Self.heading(outline, index)
        var next = index + 1
        while next < outline.blocks.count, outline.blocks[next].start < section.upperBound {
            if case .heading = outline.blocks[next].kind { break }
            read(next)
            next += 1
        }
        if field == nil { readStatusSection(of: index, in: section) }
    }

    /// `### Status` with `🔴 OPEN` below it, or `### Status: OPEN`, directly in the entry.
    private mutating func readStatusSection(of index: Int, in section: Range<Int>) {
        var level = Int.max
        for (below, heading) in outline.headings where below > index {
            guard outline.blocks[below].start < section.upperBound else { return }
            if heading.level > level { continue }
            level = heading.level
            field = Self.heading(outline, below).flatMap { StatusField(line: $0) }
            if field != nil { return }
            guard SectionNames.words(heading.text) == "status", below + 1 < outline.blocks.count,
                outline.blocks[below + 1].kind == .text, !isEntry(below + 1), let line = lines(below + 1).first
            else { continue }
            field =
                StatusField(line: line) ?? StatusField(line: line.startIndex, value: StatusField.behindListMark(line))
            return
        }
    }

    private mutating func read(_ index: Int) {
        guard !isEntry(index) else { return }
        let isTable = outline.blocks[index].kind == .table
        for (number, line) in lines(index).enumerated() {
            let label = String(decoding: line.prefix(40), as: UTF8.self).lowercased()
            if ["severity", "priority"].contains(where: label.contains) { hasSeverityField = true }
            if let first = field {
                // Two lines that do not say the same leave in doubt which one is meant.
                if !isTable, let other = StatusField(line: line), other.mark?.meaning != first.mark?.meaning {
                    field?.doubt()
                }
                continue
            }
            if !isTable {
                field = StatusField(line: line)
            } else if let row = StatusField(row: line), number > 0 || row.mark?.isEmphatic(in: line) == true {
                // The first row names the columns, unless it says `OPEN`.
                field = row
            }
        }
    }

    private func isEntry(_ index: Int) -> Bool {
        outline.entries.contains { $0.range.contains(outline.blocks[index].start) }
    }

    /// The lines of a paragraph, of a table, or of the paragraphs in a list that is in no other; quotes are others' words.
    private func lines(_ index: Int) -> [ArraySlice<UInt8>] {
        let node = outline.root.children[index]
        switch node.kind {
        case .list:
            return node.children.flatMap(\.children).filter { $0.kind == .paragraph }.flatMap { lines(of: $0) }
        case .table: return lines(from: node.headerLine, to: node.range.endLine)
        case .paragraph where node.range.startLine > 0: return lines(of: node)
        case .paragraph where index + 1 < outline.blocks.count:
            // One directly above a table has no lines in the tree: the table has them.
            let table = outline.root.children[index + 1]
            return lines(from: table.range.startLine, to: table.headerLine - 1)
        default: return []
        }
    }

    private func lines(of node: MarkdownNode) -> [ArraySlice<UInt8>] {
        lines(from: node.range.startLine, to: node.range.endLine)
    }

    private func lines(from first: Int, to last: Int) -> [ArraySlice<UInt8>] {
        guard first > 0, last >= first else { return [] }
        let bytes = outline.document.bytes
        return bytes[outline.start(ofLine: first)..<outline.start(ofLine: last + 1)].split { $0 == 0x0A || $0 == 0x0D }
    }

    private static func heading(_ outline: Outline, _ index: Int) -> ArraySlice<UInt8>? {
        let bytes = outline.document.bytes
        let start = outline.blocks[index].start
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        var text = bytes[start..<end].withoutBlanks
        if text.first == UInt8(ascii: "#") {
            text = text.drop { $0 == UInt8(ascii: "#") }.withoutBlanks
            let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
            if closing > 0, text.dropLast(closing).last == 0x20 { text = text.dropLast(closing).withoutBlanks }
        } else {
            let below = bytes[(bytes.newlineEnd(after: end) ?? end)...].prefix { $0 != 0x0A && $0 != 0x0D }
            guard below.withoutBlanks.allSatisfy({ $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "-") }) else {
                return nil
            }
        }
        // A comment behind the text is not seen.
        while text.suffix(3).elementsEqual("-->".utf8),
            let comment = text.indices.last(where: { text[$0...].starts(with: "<!--".utf8) })
        {
            text = text[..<comment].withoutBlanks
        }
        return text
    }
}

extension MarkdownNode {
    /// The line of a table's first row, which has a line of dashes below it.
    fileprivate var headerLine: Int { range.endLine - children.count }
}
