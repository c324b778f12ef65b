import AuditModel

/// The line of a document that says when it was last updated.
enum LastUpdated {
    /// Brings the line to the time of a run; empty when there is no such line, or it would not become true.
    static func edits(_ outline: Outline, _ habit: EntryHabit, to time: Timestamp) -> [Edit] {
        edits(outline, in: habit.preamble, to: CalendarDate(time), time)
    }

    /// Brings the line to a date; what has a time stays.
    ///
    /// - Parameter place: what is above it is the document's own.
    static func edit(_ outline: Outline, above place: Int, to date: CalendarDate) -> Edit? {
        edits(outline, in: outline.blocks.indices.filter { outline.blocks[$0].start < place }, to: date, nil).first
    }

    /// A paragraph or list of people's in which such a line stands.
    static func isLine(_ outline: Outline, _ index: Int) -> Bool {
        outline.blocks[index].kind == .text && outline.entry(at: outline.blocks[index].start) == nil
            && lines(outline, index).contains { UpdateLine(outline.document.bytes, $0) != nil }
    }

    private static func edits(
        _ outline: Outline,
        in preamble: [Int],
        to date: CalendarDate,
        _ time: Timestamp?
    ) -> [Edit] {
        let footer = Footer.rule(outline, in: outline.blocks.indices).map { ($0 + 1)..<outline.blocks.count } ?? 0..<0
        for index in preamble + footer where isLine(outline, index) {
            let found = lines(outline, index).lazy.compactMap { UpdateLine(outline.document.bytes, $0) }
            return found.first?.edits(to: date, time) ?? []
        }
        return []
    }

    private static func lines(_ outline: Outline, _ index: Int) -> [Range<Int>] {
        let block = outline.blocks[index]
        let isLast = index == outline.blocks.count - 1
        // A paragraph directly above a table has no lines of its own, and may seem to begin behind it.
        let end = max(block.start, isLast ? outline.document.bytes.count : outline.blocks[index + 1].start)
        return outline.document.bytes[block.start..<end].split { $0 == 0x0A || $0 == 0x0D }.map { $0.indices }
    }
}
