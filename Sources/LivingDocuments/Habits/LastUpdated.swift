import AuditModel

/// The line of a document that says when it was last updated.
enum LastUpdated {
    /// Brings the line to the time of a run; empty when there is no such line, or it would not become true.
    static func edits(_ outline: Outline, _ habit: EntryHabit, to time: Timestamp) -> [Edit] {
        let footer = Footer.rule(outline, in: outline.blocks.indices).map { ($0 + 1)..<outline.blocks.count } ?? 0..<0
        let known = edits(outline, in: habit.preamble + footer, to: CalendarDate(time), time) { $0.isCertain }
        if let known { return known }
        // A label in any other language, when its date is that of the newest entry or a later one.
        guard let newest = habit.newest else { return [] }
        let top = habit.preamble.prefix(4)
        return edits(outline, in: Array(top), to: CalendarDate(time), time) { $0.date.date >= newest } ?? []
    }

    /// Brings the line to a date; what has a time stays.
    ///
    /// - Parameter place: what is above it is the document's own.
    static func edit(_ outline: Outline, above place: Int, to date: CalendarDate) -> Edit? {
        let blocks = outline.blocks.indices.filter { outline.blocks[$0].start < place }
        let footer = Footer.rule(outline, in: outline.blocks.indices).map { ($0 + 1)..<outline.blocks.count } ?? 0..<0
        return edits(outline, in: blocks + footer, to: date, nil) { $0.isCertain }?.first
    }

    /// A paragraph, list or heading of people's in which such a line stands.
    static func isLine(_ outline: Outline, _ index: Int) -> Bool { !found(outline, index).filter(\.isCertain).isEmpty }

    /// Nil when no line is one.
    private static func edits(
        _ outline: Outline,
        in blocks: [Int],
        to date: CalendarDate,
        _ time: Timestamp?,
        where isOne: (UpdateLine) -> Bool
    ) -> [Edit]? {
        for index in blocks {
            if let line = found(outline, index).first(where: isOne) { return line.edits(to: date, time) }
        }
        return nil
    }

    private static func found(_ outline: Outline, _ index: Int) -> [UpdateLine] {
        guard outline.entry(at: outline.blocks[index].start) == nil else { return [] }
        switch outline.blocks[index].kind {
        case .text: return lines(outline, index).compactMap { UpdateLine(outline.document.bytes, $0) }
        case .heading(let heading):
            guard UpdateLine.isLabel(heading.source) else { return [] }
            return lines(outline, index).prefix(1).compactMap { UpdateLine(outline.document.bytes, $0) }
        default: return []
        }
    }

    private static func lines(_ outline: Outline, _ index: Int) -> [Range<Int>] {
        let block = outline.blocks[index]
        let isLast = index == outline.blocks.count - 1
        // A paragraph directly above a table has no lines of its own, and may seem to begin behind it.
        let end = max(block.start, isLast ? outline.document.bytes.count : outline.blocks[index + 1].start)
        return outline.document.bytes[block.start..<end].split { $0 == 0x0A || $0 == 0x0D }.map { $0.indices }
    }
}
