/// A heading below the title, and what it is taken for.
struct ListedHeading {
    enum Role {
        /// An entry of assay's.
        case ours
        /// It has a date, an id or a status.
        case entry
        /// It stands above several entries.
        case group
        /// It tells of the document.
        case preamble
        /// Everything else, which is an entry where there are no better ones.
        case plain
    }

    /// The position of its block in the outline.
    let index: Int
    let heading: Outline.Heading
    let dated: DatedHeading?
    let role: Role
    /// The position of the heading whose section it is in, in the list.
    let parent: Int?

    var level: Int { heading.level }

    var isEntry: Bool { role == .entry || role == .ours }

    /// - Parameters:
    ///   - sections: the names of headings below which entries are kept.
    ///   - hasStates: whether a sign of a status tells an entry.
    static func all(_ outline: Outline, sections: Set<String>, _ dates: DateSearch, hasStates: Bool) -> [ListedHeading]
    {
        let title = outline.title?.index
        var result: [ListedHeading] = []
        var open: [Int] = []
        var lastEntry: Int?
        for (index, heading) in outline.headings where index != title {
            let entry = outline.entry(at: outline.blocks[index].start)?.range.lowerBound
            // Of assay's entries only the first heading counts.
            if let entry, entry == lastEntry { continue }
            lastEntry = entry
            while let last = open.last, result[last].level >= heading.level { open.removeLast() }
            let dated = DatedHeading(heading, dates)
            let isKnown = sections.contains(SectionNames.words(heading.text))
            let role: Role =
                entry != nil
                ? .ours : dated != nil ? .entry : isKnown ? .group : role(heading.text, hasStates: hasStates)
            result.append(
                ListedHeading(index: index, heading: heading, dated: dated, role: role, parent: open.last)
            )
            open.append(result.count - 1)
        }
        return result
    }

    private static func role(_ text: String, hasStates: Bool) -> Role {
        if SectionNames.isPreamble(text) { return .preamble }
        if EntrySigns.hasID(text) { return .entry }
        // `## Completed` in a log of progress is as good as any.
        if hasStates ? SectionNames.isGroup(text) : SectionNames.isOver(text, isSettled: false) { return .group }
        return hasStates && EntrySigns.status(text) != nil ? .entry : .plain
    }
}
