import CommonMark

/// Turns what the entries of a document are into a place and a form.
struct PlaceFinder {
    private let scope: EntryScope
    private var outline: Outline { scope.outline }
    private var all: [ListedHeading] { scope.all }

    init(_ scope: EntryScope) {
        self.scope = scope
    }

    func place(of found: FoundEntries) -> EntryHabit.Place {
        switch found {
        case .series(let series): place(of: series)
        case .lines(let lines, let outer): place(of: lines, below: outer)
        case .period(let position, let order): place(beside: position, order)
        case .section(let position):
            place(
                end(of: all[position].index, to: outline.sectionEnd(of: all[position].index)),
                emptyForm(level: min(all[position].level + (all[position].isSeparator ? 0 : 1), 6)),
                below: position
            )
        case .above(let position): place(start(of: position), emptyForm(level: all[position].level), below: nil)
        case .none: place(end(of: outline.blocks.count, to: outline.document.bytes.count), emptyForm(level: 2), below: nil)
        }
    }

    private func place(_ offset: Int, _ form: EntryForm, _ order: EntryOrder = .newestFirst, hasRules: Bool = false, below: Int?)
        -> EntryHabit.Place
    {
        EntryHabit.Place(
            offset: passing(offset, order),
            form: form,
            isOldestFirst: order == .oldestFirst,
            hasRules: hasRules,
            section: below.map { all[$0].index }
        )
    }

    private func place(of series: EntrySeries) -> EntryHabit.Place {
        let form = form(of: series)
        let hasRules = hasRules(series)
        let first = series.members.first ?? 0
        let order = series.order ?? words(above: all[first].index) ?? .newestFirst
        guard order == .oldestFirst, let last = series.members.last else {
            return place(start(of: first), form, hasRules: hasRules, below: series.container)
        }
        let end = Footer.start(
            outline,
            from: all[last].index,
            to: outline.sectionEnd(of: all[last].index),
            hasRules: hasRules
        )
        return place(end, form, order, hasRules: hasRules, below: series.container)
    }

    private func place(of lines: LoggedLines, below outer: Int?) -> EntryHabit.Place {
        guard (lines.order ?? words(above: lines.first)) == .oldestFirst else {
            return place(outline.blocks[lines.first].start, lines.form, below: outer)
        }
        let next = all.first { $0.index > lines.last && $0.role != .ours }
        let limit = next.map { outline.blocks[outline.start(ofHeading: $0.index)].start }
        let end = Footer.start(
            outline,
            from: lines.last,
            to: limit ?? outline.document.bytes.count,
            hasRules: false
        )
        // What stands below the log and is none of it stays below.
        let behind = outline.blocks[(lines.last + 1)...].first { outline.entry(at: $0.start) == nil && $0.kind != .text }
        return place(min(end, behind?.start ?? end), lines.form, .oldestFirst, below: outer)
    }

    /// Before the sections of times gone by, or behind them.
    private func place(beside position: Int, _ order: EntryOrder?) -> EntryHabit.Place {
        let beside = scope.tree.children(of: all[position].parent).filter {
            DatePeriod(all[$0].heading.text) != nil || all[$0].role == .ours
        }
        let inner = scope.tree.below(position).first { all[$0].dated != nil && all[$0].role != .ours }
        var form = emptyForm(level: all[position].level)
        if let model = inner.flatMap({ all[$0].dated }) { form = EntryForm(model, level: all[position].level) }
        guard order == .oldestFirst else {
            return place(start(of: beside.first ?? position), form, below: all[position].parent)
        }
        let last = all[beside.last ?? position].index
        let end = Footer.start(outline, from: last, to: outline.sectionEnd(of: last), hasRules: false)
        return place(end, form, .oldestFirst, below: all[position].parent)
    }

    private func start(of position: Int) -> Int { outline.blocks[outline.start(ofHeading: all[position].index)].start }

    private func end(of index: Int, to end: Int) -> Int {
        Footer.start(outline, from: index, to: end, hasRules: false)
    }

    /// Before assay's entries that stand directly above a place, or behind those below it.
    private func passing(_ offset: Int, _ order: EntryOrder) -> Int {
        let bytes = outline.document.bytes
        let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let entries = outline.entries.filter { $0.marker.kind != .evidence }
        var place = outline.entry(at: offset)?.range.lowerBound ?? offset
        if order == .newestFirst {
            for entry in entries.reversed() where entry.range.upperBound <= place {
                guard bytes[entry.range.upperBound..<place].allSatisfy(isBlank) else { break }
                place = entry.range.lowerBound
            }
        }
        return place
    }

    /// The order that is told in words above the entries.
    private func words(above block: Int) -> EntryOrder? {
        var text = ""
        for index in 0..<block where outline.entry(at: outline.blocks[index].start) == nil {
            switch outline.blocks[index].kind {
            case .html(let html): text += html + "\n"
            case .text: text += outline.root.children[index].plainText + "\n"
            default: break
            }
            // A preamble is short; further down are entries.
            if text.utf8.count > 4000 { break }
        }
        return EntryOrder(words: text)
    }

    private func form(of series: EntrySeries) -> EntryForm {
        let model = series.model
        let alike = series.headings
        let isRead = scope.dates.first(in: model.heading.source.utf8) != nil
        let looksDated = !scope.hasStates && !isRead && model.heading.text.hasYear
        var form = model.dated.map { EntryForm($0, level: model.level) }
            ?? (looksDated ? .dated(level: model.level) : .plain(level: model.level))
        form.isClosed = alike.allSatisfy(\.heading.isClosed)
        if model.level < 3, alike.allSatisfy(\.heading.isSetext) { form.kind = .setextHeading }
        if scope.hasStates { form.status = StatusForm(alike.map(\.heading.source)) }
        return form
    }

    private func emptyForm(level: Int) -> EntryForm {
        let learned = all.lazy.filter { $0.role != .ours }.compactMap(\.dated).first { $0.position != .middle }
        var form = learned.map { EntryForm($0, level: level) }
            ?? (scope.hasStates ? .plain(level: level) : .dated(level: level))
        let people = outline.headings.filter { outline.entry(at: outline.blocks[$0.index].start) == nil }
        if level < 3, !people.isEmpty, people.allSatisfy(\.heading.isSetext) { form.kind = .setextHeading }
        return form
    }

    private func hasRules(_ series: EntrySeries) -> Bool {
        // Below a first line of `---`, another one would make front matter of all between.
        if outline.document.body.starts(with: "---".utf8) { return false }
        return series.members.dropFirst().contains { position in
            let start = outline.start(ofHeading: all[position].index)
            return start > 0 && outline.blocks[start - 1].kind == .thematicBreak
        }
    }
}

extension String {
    /// A year of our time stands in it, so that it has a date, though one that nobody could read.
    fileprivate var hasYear: Bool {
        split { !$0.isASCII || !$0.isNumber }.contains { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }
    }
}
