/// The part of a document in which its entries stand.
struct EntryScope {
    let outline: Outline
    let dates: DateSearch
    let tree: HeadingTree
    /// The names of headings below which entries are kept.
    let sections: Set<String>
    /// Entries have a status, as bugs have.
    let hasStates: Bool
    let today: CalendarDate?

    /// All headings of the document.
    var all: [ListedHeading] { tree.all }

    init(_ outline: Outline, sections: Set<String>, hasStates: Bool, today: CalendarDate?) {
        self.outline = outline
        self.sections = sections
        self.hasStates = hasStates
        self.today = today
        dates = DateSearch(outline.datedTexts, today: today)
        tree = HeadingTree(
            ListedHeading.all(outline, sections: sections, dates, hasStates: hasStates),
            hasStates: hasStates
        )
    }

    /// The heading is in no entry, and in nothing that tells of the document or is put away.
    func isFree(_ position: Int) -> Bool {
        tree.chain(from: all[position].parent).allSatisfy { outer in
            !all[outer].isEntry && all[outer].role != .preamble && !isArchive(outer)
        }
    }

    func isArchive(_ position: Int) -> Bool {
        all[position].role == .group && SectionNames.isArchive(all[position].heading.text)
    }

    /// What the name of a group, or of one around it, tells of the bugs in it; else what these tell.
    func state(_ position: Int) -> EntryState? {
        guard hasStates else { return nil }
        let groups = tree.chain(from: position).filter { all[$0].role == .group }
        if let named = groups.lazy.compactMap({ SectionNames.state(all[$0].heading.text) }).first { return named }
        guard let group = groups.first, !SectionNames.isGroup(all[group].heading.text),
            DatePeriod(all[group].heading.text) == nil
        else { return nil }
        let states = Set(tree.below(group).filter { all[$0].role == .entry }.map { all[$0].status })
        return states == [.resolved] ? .resolved : nil
    }

    /// The heading, or one around it, stands above entries that are over.
    func isOver(_ position: Int) -> Bool {
        tree.chain(from: position).contains { isArchive($0) } || state(position) == .resolved
    }

    /// The heading below which entries are kept by its name; the inner one, as `### Open` below `## Bugs`.
    var named: Int? {
        var section = all.indices.first(where: isNamed)
        while let outer = section,
            let inner = tree.below(outer).prefix(while: { !all[$0].isEntry }).first(where: isNamed)
        { section = inner }
        return section
    }

    private func isNamed(_ position: Int) -> Bool {
        let words = SectionNames.words(all[position].heading.text)
        guard all[position].role == .group, sections.contains(words), isFree(position), !isOver(position) else {
            return false
        }
        // `### Open` below `## Login broken` is a part of what that tells.
        if !words.contains(" "), let outer = all[position].parent, all[outer].role != .group { return false }
        // Entries stand beside it, and not below.
        return all[position].isSeparator
            || !all[..<position].contains { other in
                other.isEntry && other.level == all[position].level && other.parent == all[position].parent
            }
    }

    /// The blocks between a heading of people's and the next one; those above all headings for nil.
    func blocks(below position: Int?) -> Range<Int> {
        let start = position.map { all[$0].index + 1 } ?? 0
        let next = all.first { $0.index >= start && $0.role != .ours }
        return start..<max(start, next?.index ?? outline.blocks.count)
    }

    /// The blocks that tell of the document, above its first entry.
    func preamble(above place: Int, in section: Int?) -> [Int] {
        let own = all.indices.filter { all[$0].role == .preamble || $0 == section }
        let ranges = [blocks(below: nil)] + own.map { all[$0].index..<blocks(below: $0).upperBound }
        return ranges.joined().filter { outline.blocks[$0].start < place }
    }
}

extension Outline {
    /// Where dates stand: headings, and the first lines of lists, paragraphs and rows.
    fileprivate var datedTexts: [String] {
        var texts: [String] = []
        for (index, block) in blocks.enumerated() {
            if case .heading(let heading) = block.kind {
                texts.append(heading.source)
            } else {
                texts += textLines(ofBlock: index).map { String(decoding: $0.utf8.prefix(60), as: UTF8.self) }
            }
        }
        return texts
    }
}
