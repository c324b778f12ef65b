/// A heading with the date of its entry.
struct DatedHeading {
    enum Position {
        case start, middle, end
    }

    let found: FoundDate
    let position: Position
    /// What stands around the date, as it is written.
    let before: String
    let after: String

    /// Words after which a date is a plan's, or a part's of the story.
    private static let plans: Set<String> = ["by", "until", "till", "before", "due", "deadline", "target", "since"]

    /// Nil when the heading has no date, or none that tells when its entry was written.
    init?(_ heading: Outline.Heading, _ dates: DateSearch) {
        self.init(heading.source, dates)
    }

    /// A heading or line as it is written.
    init?(_ source: String, _ dates: DateSearch) {
        let bytes = Array(source.utf8)
        guard let found = dates.first(in: bytes) else { return nil }
        self.found = found
        before = String(decoding: bytes[..<found.range.lowerBound], as: UTF8.self)
        var rest = ByteReader(bytes: bytes, position: found.range.upperBound)
        // A time that goes with the date.
        if rest.skip(" "), rest.time() != nil { _ = rest.skip(" UTC") } else { rest.position = found.range.upperBound }
        after = String(decoding: bytes[rest.position...], as: UTF8.self)
        position = !before.hasWords ? .start : after.hasWords ? .middle : .end
        let last = before.split { !$0.isLetter }.last.map { $0.lowercased() } ?? ""
        if Self.plans.contains(last) || Self.isInsideWords(before) { return nil }
    }

    /// A bracket is open in which words stand, such as in `Foo (fixed `.
    private static func isInsideWords(_ before: String) -> Bool {
        for (open, close) in [("(", ")"), ("[", "]"), ("（", "）")] {
            guard let start = before.lastIndex(where: { String($0) == open }) else { continue }
            let inside = before[start...]
            if !inside.contains(close), String(inside).hasWords { return true }
        }
        return false
    }
}

extension String {
    /// A letter or number of any language is in it.
    var hasWords: Bool { unicodeScalars.contains(where: \.isWordScalar) }
}

extension Unicode.Scalar {
    var isWordScalar: Bool { properties.isAlphabetic || properties.numericType != nil }
}
