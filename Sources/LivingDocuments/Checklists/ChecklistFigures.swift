import CommonMark

/// The lines and tables of a checklist that count its tasks, bound by `<!-- assay:tasks -->`.
///
/// At the end of a line with `N / M tasks (P%)`, the comment counts the tasks of the section that the line stands in; on
/// a line of its own above a table, it counts for each row those of the section that the row names, and all tasks for a
/// row such as *Total*.
struct ChecklistFigures {
    let outline: Outline
    private let sections: TaskSections
    private(set) var edits: [Edit] = []
    /// What is left as it is, though it is bound.
    private(set) var remarks: [ChecklistRemark] = []

    /// - Parameter tasks: every task's place with what it will be.
    init(_ outline: Outline, tasks: [(place: Int, isDone: Bool)]) {
        self.outline = outline
        sections = TaskSections(outline, tasks)
        let blocks = outline.blocks
        for (index, block) in blocks.enumerated() where outline.entry(at: block.start) == nil {
            let next = index + 1 < blocks.count ? blocks[index + 1].start : outline.document.bytes.count
            switch block.kind {
            case .text, .heading: lines(block.start..<max(block.start, next))
            case .html(let html) where Self.isComment(html):
                if index + 1 < blocks.count, blocks[index + 1].kind == .table {
                    table(outline.root.children[index + 1])
                } else {
                    remark(block.start, "binds nothing, since no table stands below it")
                }
            default: break
            }
        }
    }

    /// `<!-- assay:tasks -->`
    private static func isComment(_ html: String) -> Bool {
        let text = html.trimmingBlanks
        guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.count >= 7 else { return false }
        return String(text.dropFirst(4).dropLast(3)).trimmingBlanks == "assay:tasks"
    }

    private mutating func remark(_ offset: Int, _ text: String) {
        remarks.append(ChecklistRemark(line: outline.document.line(at: offset), text: text))
    }

    private mutating func lines(_ range: Range<Int>) {
        let bytes = outline.document.bytes
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes[start..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? range.upperBound
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            if let comment = text.ranges(of: "<!--").last, Self.isComment(String(text[comment.lowerBound...])) {
                line(start..<(start + text[..<comment.lowerBound].utf8.count))
            }
            start = end + 1
        }
    }

    private mutating func line(_ range: Range<Int>) {
        let count = sections.count(around: range.lowerBound)
        guard count.all > 0 else {
            return remark(
                range.lowerBound,
                "counts the tasks of its section, which has none, so that it is left as it is"
            )
        }
        guard let figures = CountedText(outline.document.bytes, in: range) else {
            return remark(
                range.lowerBound,
                "has no count that is clear, such as `3 / 7 tasks (43%)`, and is left as it is"
            )
        }
        edits += figures.edits(outline.document.bytes, to: count)
        edits += ProgressBar.edits(outline.document.bytes, in: range, to: count)
    }

    private mutating func table(_ node: MarkdownNode) {
        let table = CountedTable(outline, node, sections)
        for row in table.rows {
            guard let count = row.count else { continue }
            let place = outline.start(ofLine: row.line)
            if count.all == 0 {
                remark(place, "counts the tasks of a section that has none, so that it is left as it is")
            } else if let own = table.edits(of: row, to: count) {
                edits += own
            } else {
                remark(place, "has figures that are not clear, so that the row is left as it is")
            }
        }
    }
}

/// What a checklist binds and assay leaves alone.
package struct ChecklistRemark: Sendable, Equatable {
    /// From 1.
    package var line: Int
    /// The rest of a sentence that begins with the line, without a full stop.
    package var text: String
}
