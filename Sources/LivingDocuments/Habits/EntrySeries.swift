/// The entries of one section that have headings of one level.
struct EntrySeries {
    /// The positions of people's and assay's, in the order of the document.
    let members: [Int]
    /// The heading in whose section they are.
    let container: Int?
    /// The one after which a new one is written: people's, where there is one.
    let model: ListedHeading
    private let people: [ListedHeading]

    /// - Parameters:
    ///   - anchor: the position of one of them.
    ///   - isMember: whether a heading is an entry like it.
    init(_ tree: HeadingTree, _ anchor: Int, isMember: (Int) -> Bool) {
        let all = tree.all
        container = all[anchor].parent
        let siblings = tree.children(of: container).filter {
            all[$0].level == all[anchor].level && all[$0].role != .preamble && all[$0].role != .group
        }
        let sure = siblings.filter { $0 == anchor || all[$0].role == .ours || isMember($0) }
        let likeness = Likeness(sure.filter { all[$0].role != .ours }.map { all[$0] })
        members = siblings.filter { sure.contains($0) || likeness.has(all[$0]) }
        people = members.filter { all[$0].role != .ours }.map { all[$0] }
        model = people.first { $0.dated != nil } ?? people.first ?? all[anchor]
    }

    var headings: [ListedHeading] { people.isEmpty ? [model] : people }

    var order: EntryOrder? { EntryOrder(people) }

    /// What the first lines of entries have in common.
    private struct Likeness {
        private let labels: Set<String>

        init(_ entries: [ListedHeading]) {
            var common = entries.first?.body.labels ?? []
            for entry in entries { common.formIntersection(entry.body.labels) }
            labels = common
        }

        func has(_ heading: ListedHeading) -> Bool {
            heading.body.date != nil || !labels.isEmpty && labels.isSubset(of: heading.body.labels)
        }
    }
}
