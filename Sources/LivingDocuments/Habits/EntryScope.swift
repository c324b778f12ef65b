/// The part of a document in which its entries stand.
struct EntryScope {
    let outline: Outline
    let dates: DateSearch
    /// All headings of the document.
    let all: [ListedHeading]
    /// The heading below which entries are kept.
    let section: ListedHeading?
    /// The headings among which entries are, or all that is above entries.
    let headings: [ListedHeading]
    /// The first heading there above entries that are over.
    let over: ListedHeading?

    /// - Parameter hasStates: whether entries have a status, as bugs have.
    init(_ outline: Outline, sections: Set<String>, hasStates: Bool, today: CalendarDate?) {
        self.outline = outline
        dates = DateSearch(outline.headings.map(\.heading), today: today)
        let all = ListedHeading.all(outline, sections: sections, dates, hasStates: hasStates)
        let tree = HeadingTree(all: all, hasStates: hasStates)
        var section = all.indices.first { tree.isSection($0, sections) && !tree.isHollow($0) }
        // Such as `### Open` below `## Bugs`.
        while let outer = section,
            let inner = tree.below(outer).prefix(while: { !all[$0].isEntry }).first(where: {
                tree.isSection($0, sections) && !tree.isHollow($0)
            })
        { section = inner }
        let range = section.map(tree.below) ?? all.indices
        self.all = all
        self.section = section.map { all[$0] }
        headings = range.filter { !tree.isAside($0, in: range) }.map { all[$0] }
        over = range.first(where: tree.isOver).map { all[$0] }
    }

    /// The blocks between a heading of people's and the next one.
    func blocks(below index: Int) -> Range<Int> {
        let start = index + 1
        let next = all.first { $0.index >= start && $0.role != .ours }
        return start..<(next?.index ?? outline.blocks.count)
    }

    /// The blocks that tell of the document, above its first entry.
    func preamble(above place: Int) -> [Int] {
        let own = all.filter { $0.role == .preamble || $0.index == section?.index }
        let ranges = [blocks(below: -1)] + own.map { blocks(below: $0.index) }
        return ranges.joined().filter { outline.blocks[$0].start < place }
    }
}
