/// Which heading is in whose section.
struct HeadingTree {
    let all: [ListedHeading]
    /// What is resolved is over.
    let hasStates: Bool

    /// The positions of the headings in the section of another.
    func below(_ position: Int) -> Range<Int> {
        let end = all[(position + 1)...].firstIndex { $0.level <= all[position].level } ?? all.count
        return (position + 1)..<end
    }

    func isOver(_ position: Int) -> Bool {
        all[position].role == .group && SectionNames.isOver(all[position].heading.text, isSettled: hasStates)
    }

    /// The heading has a name of those below which entries are kept, and is no part of an entry.
    func isSection(_ position: Int, _ names: Set<String>) -> Bool {
        let words = SectionNames.words(all[position].heading.text)
        let outer = all[position].parent.map { all[$0] }
        guard all[position].role == .group, names.contains(words) else { return false }
        // `### Open` below `## Login broken` is a part of what that tells.
        if !words.contains(" "), let outer, outer.role != .group { return false }
        return !chain(from: all[position].parent).contains { all[$0].isEntry || isOver($0) }
    }

    /// The entries stand beside the heading, and not below it.
    func isHollow(_ position: Int) -> Bool {
        let heading = all[position]
        let isBeside = { (other: ListedHeading) in
            other.isEntry && other.level == heading.level && other.parent == heading.parent
        }
        if all[..<position].contains(where: isBeside) { return true }
        guard below(position).isEmpty, position + 1 < all.count, isBeside(all[position + 1]) else { return false }
        // `## 1.4.0 - 2025-11-14` is no bug.
        let next = all[position + 1]
        return !hasStates || next.dated?.position == .start || next.dated == nil
    }

    /// The heading, or one above it, tells of the document or stands above entries that are over.
    func isAside(_ position: Int, in range: Range<Int>) -> Bool {
        chain(from: position).contains { range.contains($0) && (all[$0].role == .preamble || isOver($0)) }
    }

    /// A heading and those in whose sections it is.
    private func chain(from position: Int?) -> [Int] {
        var chain: [Int] = []
        var next = position
        while let current = next {
            chain.append(current)
            next = all[current].parent
        }
        return chain
    }
}
