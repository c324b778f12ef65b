extension EntryScope {
    /// The headings of entries: of the best kind that there is, with assay's own; nil when there are none.
    func entries(isDated: Bool) -> [ListedHeading]? {
        let unusual = headings.contains { $0.dated.map { $0.position != .middle } ?? false }
        // A date in the middle of a heading counts where none stands at an end.
        let isDatedEntry = { (heading: ListedHeading) in
            heading.dated.map { $0.position != .middle || !unusual } ?? false
        }
        let isSigned = { (heading: ListedHeading) in
            heading.role == .entry
                && (heading.dated == nil || isDatedEntry(heading) || EntrySigns.hasID(heading.heading.text))
        }
        if isDated {
            let dated = headings.filter(isDatedEntry)
            if dated.contains(where: { $0.role != .ours }) { return dated }
            if lines(isDated: isDated) != nil { return nil }
            if !dated.isEmpty { return dated }
        }
        if headings.contains(where: isSigned) { return headings.filter { isSigned($0) || $0.role == .ours } }
        if lines(isDated: isDated) != nil { return nil }
        let plain = headings.filter { $0.role == .plain || $0.role == .ours }
        return plain.isEmpty ? nil : plain
    }

    /// Entries that are no headings; those of a bug tell of the bug.
    func lines(isDated: Bool) -> LoggedLines? {
        var ranges = [section.map { blocks(below: $0.index) } ?? blocks(below: -1)]
        if section == nil, isDated {
            ranges += headings.filter { $0.role != .ours }.map { blocks(below: $0.index) }
        }
        return LoggedLines(outline, in: ranges.joined(), dates)
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
