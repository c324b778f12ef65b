/// What the entries of a document are.
enum FoundEntries {
    /// Never empty.
    case headings([ListedHeading])
    case lines(LoggedLines)
    case none
}

extension EntryScope {
    /// The entries of the best kind that there is; headings come with assay's own.
    func entries(isDated: Bool) -> FoundEntries {
        let hasUsual = headings.contains { $0.dated.map { $0.position != .middle } ?? false }
        // A date in the middle of a heading counts where none stands at an end.
        let isUsual = { (heading: ListedHeading) in heading.dated.map { $0.position != .middle || !hasUsual } ?? false }
        let dated = headings.filter(isUsual)
        if isDated, dated.contains(where: { $0.role != .ours }) { return .headings(dated) }
        let lines = lines(isDated: isDated)
        if isDated, lines == nil, !dated.isEmpty { return .headings(dated) }
        let isSigned = { (heading: ListedHeading) in
            heading.role == .entry
                && (heading.dated == nil || isUsual(heading) || EntrySigns.hasID(heading.heading.text))
        }
        // Where a mark tells only what is over, all that has none is open.
        let isTelling = { (heading: ListedHeading) in
            isSigned(heading)
                && (heading.dated != nil || EntrySigns.hasID(heading.heading.text)
                    || EntrySigns.status(heading.heading.text) == .open)
        }
        if headings.contains(where: isTelling) {
            return .headings(headings.filter { isSigned($0) || $0.role == .ours })
        }
        if let lines { return .lines(lines) }
        let plain = headings.filter { $0.role == .plain || $0.role == .ours || isSigned($0) }
        return plain.isEmpty ? .none : .headings(plain)
    }

    /// Entries that are no headings; those below a bug's heading tell of the bug.
    private func lines(isDated: Bool) -> LoggedLines? {
        if let section { return LoggedLines(outline, in: blocks(below: section.index), dates) }
        let people = all.filter { $0.role != .ours }
        let own = Set(isDated ? headings.map(\.index) : [])
        let ends = people.dropFirst().map(\.index) + [outline.blocks.count]
        let ranges = zip(people, ends).filter { own.contains($0.0.index) }.map { ($0.index + 1)..<$1 }
        return LoggedLines(outline, in: ([blocks(below: -1)] + ranges).joined(), dates)
    }

    /// The level and the place of the first entry.
    var emptyPlace: (level: Int, offset: Int) {
        let group = headings.first { $0.role == .group }
        if let over, group == nil { return (over.level, outline.blocks[outline.start(ofHeading: over.index)].start) }
        let end = outline.document.bytes.count
        guard let outer = group ?? section else {
            return (2, Footer.start(outline, from: outline.blocks.count, to: end, hasRules: false))
        }
        let place = Footer.start(outline, from: outer.index, to: outline.sectionEnd(of: outer.index), hasRules: false)
        return (min(outer.level + 1, 6), place)
    }
}
