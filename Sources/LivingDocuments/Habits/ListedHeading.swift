/// A heading below the title, and what it is taken for.
struct ListedHeading {
    enum Role {
        /// An entry of assay's.
        case ours
        /// It has a date, an id, a number or a status.
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
    let number: EntryNumber?
    let hasID: Bool
    let status: EntryState?
    let body: HeadingBody
    var role: Role
    /// Its entries stand behind it with headings of the same level.
    var isSeparator = false
    /// The position of the heading whose section it is in, in the list.
    var parent: Int?

    var level: Int { heading.level }

    var isEntry: Bool { role == .entry || role == .ours }

    /// When its entry was written, as far as heading or first lines tell.
    var date: CalendarDate? { dated?.found.date ?? body.date }

    /// Twice the level, so that a separator stands between it and the level above.
    var rank: Int { isSeparator ? level * 2 - 1 : level * 2 }

    /// - Parameters:
    ///   - sections: the names of headings below which entries are kept.
    ///   - hasStates: whether a sign of a status tells an entry.
    static func all(_ outline: Outline, sections: Set<String>, _ dates: DateSearch, hasStates: Bool) -> [ListedHeading]
    {
        let title = outline.title?.index
        let headings = outline.headings
        var result: [ListedHeading] = []
        var lastEntry: Int?
        for (position, (index, heading)) in headings.enumerated() where index != title {
            let entry = outline.entry(at: outline.blocks[index].start)?.range.lowerBound
            // Of assay's entries only the first heading counts.
            if let entry, entry == lastEntry { continue }
            lastEntry = entry
            let next = position + 1 < headings.count ? headings[position + 1].index : outline.blocks.count
            let body = HeadingBody(outline, of: index, to: next, dates)
            var listed = ListedHeading(
                index: index,
                heading: heading,
                dated: DatedHeading(heading, dates),
                number: EntryNumber(heading.text),
                hasID: EntrySigns.hasID(heading.text),
                status: EntrySigns.status(heading.text),
                body: body,
                role: .plain
            )
            listed.role = entry != nil ? .ours : listed.role(sections, hasStates: hasStates)
            result.append(listed)
        }
        return result
    }

    private func role(_ sections: Set<String>, hasStates: Bool) -> Role {
        if body.isNavigation || body.isBare && UpdateLine.isLabel(heading.source) { return .preamble }
        if dated != nil { return .entry }
        if sections.contains(SectionNames.words(heading.text)), number == nil { return .group }
        if SectionNames.isPreamble(heading.text) { return .preamble }
        if hasID { return .entry }
        if DatePeriod(heading.text) != nil { return .group }
        // `## Completed` in a log of progress is as good as any.
        if hasStates ? SectionNames.isGroup(heading.text) : SectionNames.isArchive(heading.text) { return .group }
        return hasStates && status != nil ? .entry : .plain
    }
}
