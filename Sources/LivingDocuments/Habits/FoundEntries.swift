/// What the entries of a document are, as far as the next one is concerned.
enum FoundEntries {
    case series(EntrySeries)
    /// Entries that are no headings, with the heading below which they stand.
    case lines(LoggedLines, below: Int?)
    /// A heading below which there is none yet.
    case section(Int)
    /// The section of a time that is over.
    case period(Int, EntryOrder?)
    /// The heading of those that are over, where there is no place for others.
    case above(Int)
    case none
}

extension EntryScope {
    /// Where an entry in a state belongs; what has no states belongs where open ones do.
    func entries(for state: EntryState) -> FoundEntries {
        if state == .resolved, let section = resolvedSection { return inside(section) }
        let isUsual = usualDates
        let signed = all.indices.filter { position in
            all[position].role == .entry && isFree(position) && !isOver(position)
                && (all[position].dated == nil ? hasStates : isUsual(position))
        }
        let newest = signed.filter { all[$0].dated != nil }.max { a, b in
            // The first of several of one day.
            (all[a].dated?.found.date ?? .distantPast, b) < (all[b].dated?.found.date ?? .distantPast, a)
        }
        if let section = named, isChosen(section, over: newest) { return inside(section) }
        if let newest { return dated(newest, isUsual) }
        return undated(signed)
    }

    /// A date in the middle of a heading counts where none stands at an end.
    private var usualDates: (Int) -> Bool {
        let all = all
        let hasUsual = all.contains { $0.dated.map { $0.position != .middle } ?? false }
        return { position in all[position].dated.map { $0.position != .middle || !hasUsual } ?? false }
    }

    /// A section keeps its entries when the newest one of the document is in it, or comes behind it.
    private func isChosen(_ section: Int, over newest: Int?) -> Bool {
        guard let newest else { return true }
        let inner = tree.below(section)
        if section > newest {
            let outer = all[newest].parent.map { SectionNames.words(all[$0].heading.text) } ?? ""
            return hasStates && SectionNames.progress.contains(outer)
        }
        if inner.contains(newest) { return hasStates || all[newest].parent == section }
        if hasStates { return true }
        let isFilled = inner.contains { all[$0].role != .ours }
        let lines = LoggedLines(outline, in: blocks(below: section), dates, hasStates: hasStates)
        return lines.map { ($0.newest ?? .distantPast) > all[newest].date ?? .distantPast } ?? !isFilled
    }

    /// The section of entries that are over.
    private var resolvedSection: Int? {
        all.indices.first { position in
            all[position].role == .group && state(position) == .resolved && isFree(position) && !isArchive(position)
        }
    }

    /// The place in a section that is known.
    private func inside(_ section: Int) -> FoundEntries {
        let isUsual = usualDates
        let own = tree.below(section).filter { position in
            tree.chain(from: all[position].parent).prefix { $0 != section }.allSatisfy { !all[$0].isEntry && all[$0].role != .preamble }
                && (state(section) == .resolved || !isOver(position))
        }
        let dated = own.filter { all[$0].role == .entry && isUsual($0) }
        let newest = dated.max { (all[$0].date ?? .distantPast, $1) < (all[$1].date ?? .distantPast, $0) }
        if let newest, !hasStates { return self.dated(newest, isUsual) }
        let isEntry = { (position: Int) in all[position].role == .entry && (all[position].dated == nil || isUsual(position)) }
        let anchor = newest ?? own.first(where: isEntry) ?? own.first { all[$0].role == .plain }
        if let anchor { return series(anchor) { isEntry($0) || !hasStates } }
        if let lines = lines(below: section) { return .lines(lines, below: section) }
        if let ours = own.first(where: { all[$0].role == .ours }) { return series(ours) { _ in true } }
        return .section(section)
    }

    private func lines(below section: Int) -> LoggedLines? {
        LoggedLines(outline, in: blocks(below: section), dates, hasStates: hasStates)
            ?? LoggedLines(undatedIn: outline, blocks: blocks(below: section))
    }

    /// The series of the newest entry that has a date, unless its section is that of a time gone by.
    private func dated(_ newest: Int, _ isUsual: (Int) -> Bool) -> FoundEntries {
        let series = EntrySeries(tree, newest) { position in
            all[position].role == .entry && (hasStates || isUsual(position))
        }
        let periods = tree.chain(from: all[newest].parent).reversed()
        guard let today, let gone = periods.first(where: { position in
            DatePeriod(all[position].heading.text).map { !$0.contains(today) } ?? false
        }) else { return .series(series) }
        let beside = tree.children(of: all[gone].parent).filter { DatePeriod(all[$0].heading.text) != nil }
        let order = EntryOrder(of: beside.compactMap { DatePeriod(all[$0].heading.text)?.first })
        return .period(gone, order ?? series.order)
    }

    private func series(_ anchor: Int, _ isMember: (Int) -> Bool) -> FoundEntries {
        .series(EntrySeries(tree, anchor, isMember: isMember))
    }

    /// Entries that are told by ids and states, lines, and then whatever there is.
    private func undated(_ signed: [Int]) -> FoundEntries {
        // Where a mark tells only what is over, all that has none is open.
        if let first = signed.first(where: { all[$0].hasID || all[$0].status == .open }) {
            return series(first) { all[$0].role == .entry }
        }
        let free = all.indices.filter { isFree($0) && !isOver($0) }
        // A date below each of several headings is when that entry was written, and no log.
        let stamped = free.filter { all[$0].body.isStamped }
        let logs = free.filter { position in
            all[position].role == .group || all[position].role == .plain && !hasStates
                && (!all[position].body.isStamped || stamped.count == 1 && all[position].number == nil)
        }
        let open = [blocks(below: nil)] + logs.map { blocks(below: $0) }
        if let lines = LoggedLines(outline, in: open.joined(), dates, hasStates: hasStates) {
            let outer = all.indices.last { all[$0].index < lines.first && all[$0].role != .ours }
            return .lines(lines, below: outer)
        }
        let plain = free.filter { all[$0].role == .plain || all[$0].role == .entry }
        if let counted = counted(plain) { return series(counted) { all[$0].number?.name == all[counted].number?.name } }
        if let first = plain.first { return series(first) { all[$0].role == .plain || signed.contains($0) } }
        if let ours = free.first(where: { all[$0].role == .ours }) { return series(ours) { _ in true } }
        return empty
    }

    /// The first of several headings that count by one name, or one that counts as no sentence does.
    private func counted(_ plain: [Int]) -> Int? {
        plain.first { position in
            guard let number = all[position].number, !tree.repeats([position]) else { return false }
            let alike = plain.count { all[$0].number?.name == number.name && all[$0].parent == all[position].parent }
            return alike > 1 || number.isName
        }
    }

    private var empty: FoundEntries {
        let groups = all.indices.filter { all[$0].role == .group && isFree($0) && !isOver($0) }
        if let group = groups.first(where: { state($0) == .open }) ?? groups.first {
            if let lines = lines(below: group) { return .lines(lines, below: group) }
            return .section(group)
        }
        if let over = all.indices.first(where: { all[$0].role == .group && isOver($0) }) { return .above(over) }
        if all.allSatisfy({ $0.role == .ours }),
            let lines = LoggedLines(undatedIn: outline, blocks: outline.blocks.indices)
        {
            return .lines(lines, below: nil)
        }
        return .none
    }
}
