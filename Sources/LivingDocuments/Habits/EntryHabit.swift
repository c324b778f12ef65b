/// Where a document has its newest entry, and how its entries look.
struct EntryHabit {
    /// A place for an entry.
    struct Place: Equatable {
        /// At which the next entry goes.
        let offset: Int
        let form: EntryForm
        /// The newest entry is the last.
        let isOldestFirst: Bool
        /// Entries have a line across the page between them.
        let hasRules: Bool
        /// The block of the heading in whose section it is.
        let section: Int?

        static func == (a: Place, b: Place) -> Bool { a.offset == b.offset }
    }

    /// For what is open, or has no state.
    let open: Place
    /// For what is over.
    let resolved: Place
    /// The blocks that tell of the document, above its first entry.
    let preamble: [Int]
    private let scope: EntryScope

    var place: Int { open.offset }
    var form: EntryForm { open.form }
    var hasRules: Bool { open.hasRules }
    var isOldestFirst: Bool { open.isOldestFirst }

    /// - Parameters:
    ///   - sections: the headings below which entries are kept.
    ///   - isDated: entries are told by their dates, and have one in a document without an entry to learn from;
    ///     otherwise by ids and statuses, too.
    ///   - today: the day of the run.
    init(_ outline: Outline, sections: Set<String>, isDated: Bool, today: CalendarDate? = nil) {
        let scope = EntryScope(outline, sections: sections, hasStates: !isDated, today: today)
        let open = PlaceFinder(scope).place(of: scope.entries(for: .open))
        let section = scope.all.indices.first { scope.all[$0].index == open.section }
        self.scope = scope
        self.open = open
        resolved = isDated ? open : PlaceFinder(scope).place(of: scope.entries(for: .resolved))
        preamble = scope.preamble(above: open.offset, in: section)
    }

    /// The newest date of a heading of people's.
    var newest: CalendarDate? {
        scope.all.filter { $0.role != .ours }.compactMap(\.dated?.found.date).max()
    }

    func place(for state: EntryState) -> Place { state == .resolved ? resolved : open }

    /// The entry stands in a section of open ones though it is over, or the other way round.
    func isAstray(_ entry: Entry, as state: EntryState) -> Bool {
        let all = scope.all
        let blocks = scope.outline.blocks
        let own = all.indices.first { all[$0].role == .ours && entry.range.contains(blocks[all[$0].index].start) }
        // A list's entry has no heading, and stands below the last one.
        let outer = own.map { all[$0].parent } ?? all.indices.last { blocks[all[$0].index].start < entry.range.lowerBound }
        guard let section = outer, let told = scope.state(section), told != state else { return false }
        let place = place(for: state)
        return all.indices.first { all[$0].index == place.section }.map { scope.state($0) != told } ?? true
    }
}
