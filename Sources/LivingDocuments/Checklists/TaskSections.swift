/// The tasks of a checklist, by the headings that they stand below.
struct TaskSections {
    private let outline: Outline
    private let tasks: [(place: Int, isDone: Bool)]
    private let headings: [(words: [Substring], section: Range<Int>)]

    private static let totals: Set<String> = [
        "total", "totals", "overall", "all", "sum", "all tasks", "grand total", "total tasks", "all phases", "gesamt",
        "insgesamt", "summe", "totaal", "totale", "suma", "razem", "итого", "всего", "合计", "合計", "总计", "総計", "합계",
    ]

    init(_ outline: Outline, _ tasks: [(place: Int, isDone: Bool)]) {
        self.outline = outline
        self.tasks = tasks
        headings = outline.headings.filter { outline.entry(at: outline.blocks[$0.index].start) == nil }.map {
            (Self.words($0.heading.text.lowercased()), outline.section(of: $0.index))
        }
    }

    /// Of the section that a place stands in.
    func count(around place: Int) -> TaskCount {
        let own = outline.headings.last { outline.blocks[$0.index].start <= place }
        return count(own.map { outline.section(of: $0.index) } ?? 0..<outline.document.bytes.count)
    }

    /// Of the section that a name means, or of all for a name such as *Total*; nil when none is meant.
    func count(named name: String) -> TaskCount? {
        let name = name.lowercased()
        let words = Self.words(name)
        if Self.totals.contains(words.joined(separator: " ")) || name.contains("∑")
            || name.contains("σ") && words.isEmpty
        {
            return all
        }
        if let exact = best(headings.filter { $0.words == words }, isExact: true) { return count(exact) }
        // `3. Sign-off` is Sign-off, and a number alone names nothing.
        let plain = Self.unnumbered(words)
        guard plain.contains(where: { $0.contains(where: \.isLetter) }) else { return nil }
        let same = headings.filter { Self.unnumbered($0.words) == plain }
        if !same.isEmpty { return best(same, isExact: false).map(count) }
        let similar = headings.filter { heading in
            let own = Self.unnumbered(heading.words)
            return Self.contains(heading.words, plain) || Self.contains(plain, own)
        }
        return best(similar, isExact: false).map(count)
    }

    var all: TaskCount { TaskCount(tasks.map(\.isDone)) }

    /// The section with tasks; of several that are only like a name, none.
    private func best(_ found: [(words: [Substring], section: Range<Int>)], isExact: Bool) -> Range<Int>? {
        let full = found.filter { count($0.section).all > 0 }
        if isExact || full.count == 1 { return (full.first ?? found.first)?.section }
        return full.isEmpty && found.count == 1 ? found.first?.section : nil
    }

    private func count(_ range: Range<Int>) -> TaskCount {
        TaskCount(tasks.filter { range.contains($0.place) }.map(\.isDone))
    }

    private static func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }

    private static func unnumbered(_ words: [Substring]) -> [Substring] {
        let rest = words.drop { $0.allSatisfy(\.isNumber) }
        return rest.isEmpty ? words : Array(rest)
    }

    /// Words stand in others, one behind the other.
    private static func contains(_ words: [Substring], _ wanted: [Substring]) -> Bool {
        guard !wanted.isEmpty, words.count >= wanted.count else { return false }
        return (0...(words.count - wanted.count)).contains { words[$0...].starts(with: wanted) }
    }
}
