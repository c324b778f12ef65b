/// Where a document has its newest entry, and how its entries look.
struct EntryHabit {
    var form: HeadingForm
    /// The offset at which the next entry goes.
    var place: Int
    /// Entries have a line across the page between them.
    var hasRules = false
    /// The newest entry is the last.
    private(set) var isOldestFirst = false
    /// The blocks that tell of the document, above its first entry.
    let preamble: [Int]

    /// - Parameters:
    ///   - sections: the headings below which entries are kept.
    ///   - isDated: entries are told by their dates, and have one in a document without an entry to learn from;
    ///     otherwise by ids and statuses, too.
    ///   - today: the day of the run.
    init(_ outline: Outline, sections: Set<String>, isDated: Bool, today: CalendarDate? = nil) {
        let scope = EntryScope(outline, sections: sections, hasStates: !isDated, today: today)
        switch scope.entries(isDated: isDated) {
        case .headings(let entries):
            let first = entries[0]
            // What people wrote is the model.
            let model = entries.first { $0.role != .ours } ?? first
            let alike = entries.filter { $0.level == model.level }
            form = model.dated.map { HeadingForm($0, level: model.level) } ?? .plain(level: model.level)
            form.isClosed = alike.allSatisfy(\.heading.isClosed)
            hasRules = Self.hasRules(outline, alike)
            place = outline.blocks[outline.start(ofHeading: first.index)].start
            preamble = scope.preamble(above: place)
            // Two of different sections tell no order.
            let areTogether = alike.count > 2 || Set(alike.map(\.parent)).count == 1
            if let last = alike.last, areTogether, Self.areRising(alike.compactMap(\.dated?.found.date)) {
                let end = outline.sectionEnd(of: last.index)
                place = Footer.start(outline, from: last.index, to: end, hasRules: hasRules)
                isOldestFirst = true
            }
        case .lines(let lines):
            let outer = scope.all.last { $0.index < lines.first && $0.role != .ours }
            form = .dated(level: outer.map { min($0.level + 1, 6) } ?? 2, style: lines.dates[0].style)
            let ours = scope.headings.first { $0.role == .ours }
            let first = min(lines.first, ours.map { outline.start(ofHeading: $0.index) } ?? lines.first)
            place = outline.blocks[first].start
            preamble = scope.preamble(above: place)
            if Self.areRising(lines.dates.map(\.date)) {
                let next = scope.all.first { $0.index > lines.last && $0.role != .ours }
                let end = next.map { outline.blocks[outline.start(ofHeading: $0.index)].start }
                place = Footer.start(
                    outline,
                    from: lines.last,
                    to: end ?? outline.document.bytes.count,
                    hasRules: false
                )
                isOldestFirst = true
            }
        case .none:
            let level: Int
            (level, place) = scope.emptyPlace
            let learned = scope.all.lazy.compactMap(\.dated).first { $0.position != .middle }
            form =
                learned.map { HeadingForm($0, level: level) }
                ?? (isDated ? .dated(level: level) : .plain(level: level))
            preamble = scope.preamble(above: place)
        }
    }

    /// Dates that never fall and do rise: the newest entry is the last.
    private static func areRising(_ dates: [CalendarDate]) -> Bool {
        guard let first = dates.first, let last = dates.last, first < last else { return false }
        return zip(dates, dates.dropFirst()).allSatisfy { $0 <= $1 }
    }

    private static func hasRules(_ outline: Outline, _ entries: [ListedHeading]) -> Bool {
        // Below a first line of `---`, another one would make front matter of all between.
        if outline.document.body.starts(with: "---".utf8) { return false }
        return entries.dropFirst().contains { entry in
            let start = outline.start(ofHeading: entry.index)
            return start > 0 && outline.blocks[start - 1].kind == .thematicBreak
        }
    }
}
