/// Which heading is in whose section, and which stand above entries though their names do not say so.
struct HeadingTree {
    private(set) var all: [ListedHeading]
    /// Entries have a status, as bugs have.
    let hasStates: Bool

    init(_ headings: [ListedHeading], hasStates: Bool) {
        all = headings
        self.hasStates = hasStates
        nest()
        for position in all.indices.reversed() where isGroupByContent(position) { all[position].role = .group }
        for position in all.indices where separates(position) {
            all[position].isSeparator = true
            all[position].role = .group
        }
        nest()
    }

    /// Gives each heading the one whose section it is in.
    private mutating func nest() {
        var open: [Int] = []
        for position in all.indices {
            while let last = open.last, all[last].rank >= all[position].rank { open.removeLast() }
            all[position].parent = open.last
            open.append(position)
        }
    }

    /// The positions of the headings in the section of another.
    func below(_ position: Int) -> Range<Int> {
        let end = all[(position + 1)...].firstIndex { $0.rank <= all[position].rank } ?? all.count
        return (position + 1)..<end
    }

    /// The headings directly in a section, or in the document.
    func children(of parent: Int?) -> [Int] {
        let range = parent.map(below) ?? all.indices
        return range.filter { all[$0].parent == parent }
    }

    /// A heading and those in whose sections it is.
    func chain(from position: Int?) -> [Int] {
        var chain: [Int] = []
        var next = position
        while let current = next {
            chain.append(current)
            next = all[current].parent
        }
        return chain
    }

    /// All that a heading without date and id holds are entries of one kind.
    private func isGroupByContent(_ position: Int) -> Bool {
        let one = all[position]
        let isCandidate = one.role == .plain || one.role == .entry && one.dated == nil && !one.hasID
        guard isCandidate else { return false }
        let inner = children(of: position).filter { all[$0].role != .preamble && all[$0].role != .ours }
        guard let first = inner.first else { return false }
        let areDated = inner.allSatisfy { all[$0].dated != nil }
        let haveIDs = inner.allSatisfy { all[$0].hasID }
        let name = all[first].number?.name
        let areNumbered =
            inner.count > 1 && one.body.isBare && name != nil && inner.allSatisfy { all[$0].number?.name == name }
        guard areDated || haveIDs || areNumbered else { return false }
        if areNumbered, !areDated, repeats(inner) { return false }
        if !hasStates || one.body.isBare { return true }
        // Several bugs may each have a history of dated parts; one heading beside others is a log.
        let siblings = children(of: one.parent).filter { $0 != position && all[$0].role != .ours }
        let likely = siblings.filter { sibling in children(of: sibling).contains { all[$0].dated != nil || all[$0].hasID } }
        return likely.allSatisfy { all[$0].role == .group || all[$0].role == .preamble }
            && (inner.count > 1 || !siblings.isEmpty)
    }

    /// Other sections have headings of the same numbers: these are parts of what those tell.
    func repeats(_ positions: [Int]) -> Bool {
        guard let first = positions.first, let number = all[first].number else { return false }
        return all.indices.contains { other in
            all[other].parent != all[first].parent && all[other].level == all[first].level
                && all[other].number?.name == number.name
                && positions.contains { all[$0].number?.parts == all[other].number?.parts }
        }
    }

    /// Nothing but entries of the same level stand behind a heading that is none itself.
    private func separates(_ position: Int) -> Bool {
        let one = all[position]
        guard one.dated == nil, !one.hasID, one.role == .group || one.role == .plain && one.body.isBare else {
            return false
        }
        guard position + 1 < all.count, children(of: position).allSatisfy({ all[$0].role == .ours }) else {
            return false
        }
        guard let next = all[(position + 1)...].first(where: { $0.role != .ours }), next.level == one.level,
            next.role == .entry
        else { return false }
        // `## 1.4.0 - 2025-11-14` is no bug.
        if hasStates, next.status == nil, !next.hasID, let dated = next.dated, dated.position != .start { return false }
        // `## Updates` between entries is one of them.
        let isBetween = all[..<position].contains { $0.isEntry && $0.level == one.level && $0.parent == one.parent }
        return !isBetween || SectionNames.isGroup(one.heading.text) && hasStates
    }
}
