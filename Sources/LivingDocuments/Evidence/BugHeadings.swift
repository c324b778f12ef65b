extension Outline {
    /// The headings that may be those of bugs' entries: neither the document's title nor one that only groups entries.
    var bugHeadings: [(index: Int, heading: Heading)] {
        let title = bugTitle
        let all = headings.filter { index, _ in
            !entries.contains { $0.marker.kind == .evidence && $0.range.contains(blocks[index].start) }
        }
        return all.enumerated().filter { position, one in
            guard one.index != title, !SectionNames.isLegend(one.heading.text) || isPart(one.index) else {
                return false
            }
            if isHollow(one, before: all[(position + 1)...].first) { return false }
            let below = all[(position + 1)...].prefix { $0.heading.level > one.heading.level }
            return !groups(one, Array(below))
        }
        .map(\.element)
    }

    /// The block of the heading that names the document: the first, unless it is an entry itself.
    private var bugTitle: Int? {
        guard let title, !BugID.begins(title.heading.text) else { return nil }
        let isSection = SectionNames.bugs.contains(SectionNames.words(title.heading.text))
        // Where all headings are of level 1, the first one may be an entry like the others.
        let areAllAlike = headings.count > 1 && headings.allSatisfy { $0.heading.level == 1 }
        let hasNames = headings.contains { $0.heading.level == 1 && BugID.begins($0.heading.text) }
        return areAllAlike && !isSection && !hasNames ? nil : title.index
    }

    /// `### Status` in an entry is a part of it.
    private func isPart(_ index: Int) -> Bool {
        guard case .heading(let heading) = blocks[index].kind else { return false }
        return headings.contains { $0.index < index && $0.heading.level < heading.level && $0.heading.level > 1 }
    }

    /// `## Recently Resolved`, with entries of the same level behind it.
    private func isHollow(_ one: (index: Int, heading: Heading), before next: (index: Int, heading: Heading)?) -> Bool {
        guard let next, next.heading.level == one.heading.level, SectionNames.isGroup(one.heading.text) else {
            return false
        }
        return blocks[(one.index + 1)..<next.index].allSatisfy { $0.kind == .thematicBreak }
    }

    /// `## Active Bugs` is no entry when it has entries below it.
    private func groups(_ one: (index: Int, heading: Heading), _ below: [(index: Int, heading: Heading)]) -> Bool {
        guard !BugID.begins(one.heading.text), let first = below.first else { return false }
        if SectionNames.bugs.contains(SectionNames.words(one.heading.text)) { return true }
        if SectionNames.isGroup(one.heading.text) { return true }
        let own = blocks[(one.index + 1)..<first.index]
        let hasText = own.contains { block in
            (block.kind == .text || block.kind == .code || block.kind == .table)
                && !entries.contains { $0.range.contains(block.start) }
        }
        return !hasText && below.contains { BugID.begins($0.heading.text) }
    }
}
