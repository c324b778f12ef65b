/// Where a document has its newest entry.
enum EntryOrder {
    case newestFirst, oldestFirst

    /// What the dates of entries tell, then their numbers, then the dates in their first lines.
    init?(_ entries: [ListedHeading]) {
        if let order = EntryOrder(of: entries.compactMap(\.dated?.found.date)) {
            self = order
        } else if let order = EntryOrder(numbersOf: entries) {
            self = order
        } else if let order = EntryOrder(of: entries.compactMap(\.date)) {
            self = order
        } else {
            return nil
        }
    }

    /// What values tell that rise or fall, but for some; nil when they do neither.
    init?<Value: Comparable>(of values: [Value]) {
        guard let first = values.first, let last = values.last, first != last else { return nil }
        let pairs = Array(zip(values, values.dropFirst()))
        let rises = pairs.count { $0 < $1 }
        let falls = pairs.count { $0 > $1 }
        if first < last, rises > 2 * falls {
            self = .oldestFirst
        } else if first > last, falls > 2 * rises {
            self = .newestFirst
        } else {
            return nil
        }
    }

    private init?(numbersOf entries: [ListedHeading]) {
        let numbers = entries.compactMap(\.number)
        let names = Dictionary(grouping: numbers, by: \.name)
        // What most are counted by.
        guard let most = names.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.value,
            most.count * 2 > entries.count, let order = EntryOrder(of: most.map { Version(parts: $0.parts) })
        else { return nil }
        self = order
    }

    /// What people wrote above the entries of where new ones go.
    init?(words text: String) {
        let text = text.lowercased()
        let has = { (phrases: [String]) in phrases.contains { text.contains($0) } }
        let newest = ["newest", "latest", "most recent", "new entries", "recent entries", "new ones"]
        let top = ["first", "at the top", "on top", "go on top", "above", "to the top"]
        let bottom = ["last", "at the bottom", "at the end", "to the bottom", "to the end", "below the others"]
        let near = { (ends: [String]) in
            newest.contains { word in
                text.ranges(of: word).contains { range in
                    let behind = text[range.upperBound...].prefix(24)
                    return ends.contains { behind.contains($0) }
                }
            }
        }
        if has(["reverse chronological", "reverse-chronological"]) || near(top) {
            self = .newestFirst
        } else if has(["append-only", "append only", "appended", "chronological", "oldest first", "oldest at the top"])
            || near(bottom)
        {
            self = .oldestFirst
        } else {
            return nil
        }
    }

    private struct Version: Comparable {
        let parts: [Int]

        static func < (a: Version, b: Version) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
    }
}
