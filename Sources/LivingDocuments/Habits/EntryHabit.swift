/// Where a document has its newest entry, and how its entries look.
struct EntryHabit {
    var form: HeadingForm
    /// The offset at which the next entry goes.
    var place: Int
    /// Entries have a line across the page between them.
    var hasRules: Bool
    /// The newest entry is the last.
    private(set) var isOldestFirst = false

    /// - Parameters:
    ///   - sections: the headings below which entries are kept.
    ///   - isDated: what to do in a document without an entry to learn from.
    init(_ outline: Outline, sections: Set<String>, isDated: Bool) {
        let title = outline.title
        let isDatedTitle = outline.headings.count { $0.heading.level == 1 } > 1
        // A title with a date is no entry, unless other headings are like it.
        let headings = outline.headings.filter {
            $0.index != title?.index || isDatedTitle && HeadingForm($0.heading) != nil
        }
        let section = headings.first { sections.contains(SectionNames.words($0.heading.text)) }
        let inSection = section.map { section in
            let end = outline.sectionEnd(of: section.index)
            return headings.filter { $0.index > section.index && outline.blocks[$0.index].start < end }
        }
        let dated: [(index: Int, heading: Outline.Heading)]
        if let inSection, let first = inSection.first {
            let withDates = inSection.filter { HeadingForm($0.heading) != nil }
            dated = withDates
            if withDates.isEmpty {
                let level = first.heading.level
                form = .plain(level: level)
                place = outline.place(of: outline.blocks[first.index].start)
                hasRules = Self.hasRules(outline, inSection.filter { $0.heading.level == level }.map(\.index))
                return
            }
        } else {
            dated = headings.filter { HeadingForm($0.heading) != nil }
        }
        if let first = dated.first, let form = HeadingForm(first.heading) {
            let entries = dated.filter { $0.heading.level == first.heading.level }
            self.form = form
            hasRules = Self.hasRules(outline, entries.map(\.index))
            place = outline.place(of: outline.blocks[first.index].start)
            if let last = entries.last, Self.isOldestFirst(entries.map(\.heading)) {
                place = outline.sectionEnd(of: last.index)
                isOldestFirst = true
            }
            return
        }
        if section == nil, let first = headings.first {
            let level = first.heading.level
            form = .plain(level: level)
            place = outline.place(of: outline.blocks[first.index].start)
            hasRules = Self.hasRules(outline, headings.filter { $0.heading.level == level }.map(\.index))
            return
        }
        hasRules = false
        let level = section.map { min($0.heading.level + 1, 6) } ?? 2
        form = isDated ? .dated(level: level) : .plain(level: level)
        place = section.map { outline.sectionEnd(of: $0.index) } ?? outline.document.bytes.count
    }

    /// Dates that never fall and do rise: the newest entry is the last.
    private static func isOldestFirst(_ headings: [Outline.Heading]) -> Bool {
        let dates = headings.compactMap { FoundDate.first(in: $0.source.utf8)?.date }
        guard dates.count > 2, let first = dates.first, let last = dates.last, first < last else { return false }
        return zip(dates, dates.dropFirst()).allSatisfy { $0 <= $1 }
    }

    private static func hasRules(_ outline: Outline, _ entries: [Int]) -> Bool {
        // Below a first line of `---`, another one would make front matter of all between.
        !outline.document.body.starts(with: "---".utf8)
            && entries.dropFirst().contains { $0 > 0 && outline.blocks[$0 - 1].kind == .thematicBreak }
    }
}
