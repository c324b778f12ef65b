import CommonMark

/// The lines and tables of a checklist that count its tasks, bound by `<!-- assay:tasks -->`.
///
/// At the end of a line with `N / M tasks (P%)`, the comment counts the tasks of the section that the line stands in; on
/// a line of its own above a table, it counts for each row those of the section that the row's first cell names, and all
/// tasks for a row such as *Total*.
struct ProgressFigures {
    static let comment = "<!-- assay:tasks -->"

    let outline: Outline
    /// Every task's place with what it will be.
    let tasks: [(place: Int, isDone: Bool)]

    var edits: [Edit] {
        var edits: [Edit] = []
        let blocks = outline.blocks
        for (index, block) in blocks.enumerated() {
            let end = max(
                block.start,
                index + 1 < blocks.count ? blocks[index + 1].start : outline.document.bytes.count
            )
            switch block.kind {
            case .text: edits += lines(block.start..<end)
            case .heading: edits += lines(block.start..<end)
            case .table where index > 0:
                if case .html(let html) = blocks[index - 1].kind, html.trimmingBlanks == Self.comment {
                    edits += table(outline.root.children[index])
                }
            default: break
            }
        }
        return edits
    }

    private func count(_ range: Range<Int>) -> TaskCount {
        TaskCount(tasks.filter { range.contains($0.place) }.map(\.isDone))
    }

    private func lines(_ range: Range<Int>) -> [Edit] {
        let bytes = outline.document.bytes
        var edits: [Edit] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes[start..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? range.upperBound
            let line = String(decoding: bytes[start..<end], as: UTF8.self).trimmingBlanks
            if line.hasSuffix(Self.comment) {
                edits += CountedText.edits(bytes, in: start..<end, count(self.section(around: start)))
            }
            start = end + 1
        }
        return edits
    }

    /// The section that a place stands in; the whole document below its title.
    private func section(around place: Int) -> Range<Int> {
        let bytes = outline.document.bytes
        guard let heading = outline.headings.last(where: { outline.blocks[$0.index].start <= place }) else {
            return 0..<bytes.count
        }
        return outline.section(of: heading.index)
    }

    private func table(_ table: MarkdownNode) -> [Edit] {
        guard let header = table.children.first else { return [] }
        let names = header.children.map { SectionNames.words($0.plainText) }
        return table.children.dropFirst().flatMap { row -> [Edit] in
            guard let first = row.children.first, let range = section(named: first.plainText) else { return [] }
            let count = count(range)
            let cells = self.cells(ofLine: row.range.startLine)
            return zip(names, cells).dropFirst().flatMap { name, cell -> [Edit] in
                // `12/24` is a day there.
                if ["due", "date", "deadline", "when", "start", "end", "until"].contains(name) { return [] }
                let edits = CountedText.edits(outline.document.bytes, in: cell, count)
                return edits.isEmpty ? single(name, cell, count) : edits
            }
        }
    }

    /// The tasks that a row counts: of the section with that heading, or all.
    private func section(named name: String) -> Range<Int>? {
        let words = SectionNames.words(name)
        if ["total", "overall", "all", "sum", "all tasks"].contains(words) { return 0..<outline.document.bytes.count }
        let name = name.trimmingBlanks.lowercased()
        let found =
            outline.headings.first { $0.heading.text.lowercased() == name }
            ?? outline.headings.first { !name.isEmpty && $0.heading.text.lowercased().contains(name) }
        return found.map { outline.section(of: $0.index) }
    }

    /// A cell with one number, whose column says what it counts.
    private func single(_ column: String, _ cell: Range<Int>, _ count: TaskCount) -> [Edit] {
        let bytes = outline.document.bytes
        let numbers = CountedText.numbers(bytes, in: cell)
        guard numbers.count == 1, let number = numbers.first else { return [] }
        let rest = bytes[cell.lowerBound..<number.lowerBound] + bytes[number.upperBound..<cell.upperBound]
        // `*` around it may stay; a percentage was dealt with before.
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "*") }) else { return [] }
        let value: Int
        switch column {
        case "done", "completed", "complete", "finished", "ticked", "checked": value = count.done
        case "total", "tasks", "all", "count": value = count.all
        case "open", "remaining", "left", "todo", "to do": value = count.all - count.done
        default: return []
        }
        guard !bytes[number].elementsEqual("\(value)".utf8) else { return [] }
        return [Edit(range: number, bytes: Array("\(value)".utf8))]
    }

    /// The bytes between the pipes of a row; a pipe behind a backslash is none.
    private func cells(ofLine line: Int) -> [Range<Int>] {
        guard line > 0 else { return [] }
        let bytes = outline.document.bytes
        let start = outline.start(ofLine: line)
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        var cells: [Range<Int>] = []
        var from = start
        for index in start..<end where bytes[index] == UInt8(ascii: "|") {
            if index > start, bytes[index - 1] == UInt8(ascii: "\\") { continue }
            // Nothing but blanks before the first pipe is no cell.
            let isMargin = cells.isEmpty && from == start && bytes[from..<index].allSatisfy { $0 == 0x20 }
            if !isMargin { cells.append(from..<index) }
            from = index + 1
        }
        if from < end { cells.append(from..<end) }
        return cells
    }
}
