import CommonMark

/// A table of which each row counts the tasks of a section, in columns of any order.
struct CountedTable {
    struct Row {
        /// Of the tree.
        let line: Int
        let texts: [String]
        /// The bytes between the pipes.
        let cells: [Range<Int>]
        let figures: [CountedText?]
        /// Nil where the row names no section.
        var count: TaskCount?

        /// Nothing is counted in a cell.
        func isEmpty(_ column: Int, in bytes: [UInt8]) -> Bool {
            !cells.indices.contains(column) || !bytes[cells[column]].contains { $0 >= 0x30 && $0 <= 0x39 }
        }
    }

    private(set) var rows: [Row]
    private let roles: [CountedColumn]
    private let bytes: [UInt8]

    init(_ outline: Outline, _ table: MarkdownNode, _ sections: TaskSections) {
        bytes = outline.document.bytes
        let header = table.children.first?.children.map(\.plainText) ?? []
        var rows = table.children.dropFirst().map { row in
            let cells = outline.cells(ofLine: row.range.startLine)
            return Row(
                line: row.range.startLine,
                texts: row.children.map(\.plainText),
                cells: cells,
                figures: cells.map { [bytes = outline.document.bytes] cell in CountedText(bytes, in: cell) }
            )
        }
        // The column that names most sections.
        let names = header.indices.map { column in
            rows.count { $0.texts.indices.contains(column) && sections.count(named: $0.texts[column]) != nil }
        }
        let name = names.indices.max { (names[$0], -$0) < (names[$1], -$1) } ?? 0
        for index in rows.indices where rows[index].texts.indices.contains(name) {
            rows[index].count = sections.count(named: rows[index].texts[name])
        }
        self.rows = rows
        roles = CountedColumn.all(header, name: name, rows.filter { $0.count != nil }, bytes)
    }

    /// The edits that make a row say a count; nil when one of its figures is not clear, so that all of them stay.
    func edits(of row: Row, to count: TaskCount) -> [Edit]? {
        var edits: [Edit] = []
        for (column, role) in roles.enumerated() where role != .other && row.cells.indices.contains(column) {
            edits += ProgressBar.edits(bytes, in: row.cells[column], to: count)
            if row.isEmpty(column, in: bytes) { continue }
            switch (role, row.figures[column]) {
            case (.done, .number(let number)): edits += CountedText.edit(bytes, number, "\(count.done)")
            case (.total, .number(let number)): edits += CountedText.edit(bytes, number, "\(count.all)")
            case (.left, .number(let number)): edits += CountedText.edit(bytes, number, "\(count.all - count.done)")
            case (.percent, .number(let number)): edits += CountedText.percentage(bytes, number, count)
            case (.done, let figures?), (.total, let figures?):
                guard figures.isAll(of: bytes, in: row.cells[column]) else { return nil }
                edits += figures.edits(bytes, to: count)
            case (.progress, let figures?), (.percent, let figures?):
                if case .number = figures { return nil }
                edits += figures.edits(bytes, to: count)
            default: return nil
            }
        }
        return edits
    }
}

extension Outline {
    /// The bytes between the pipes of a row; a pipe behind a backslash is none.
    func cells(ofLine line: Int) -> [Range<Int>] {
        guard line > 0 else { return [] }
        let bytes = document.bytes
        let start = start(ofLine: line)
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        var cells: [Range<Int>] = []
        var from = start
        for index in start..<end where bytes[index] == UInt8(ascii: "|") {
            if index > start, bytes[index - 1] == UInt8(ascii: "\\") { continue }
            // Nothing but blanks before the first pipe is no cell.
            let isMargin = cells.isEmpty && from == start && bytes[from..<index].allSatisfy { $0 == 0x20 || $0 == 0x3E }
            if !isMargin { cells.append(from..<index) }
            from = index + 1
        }
        if from < end { cells.append(from..<end) }
        return cells
    }
}
