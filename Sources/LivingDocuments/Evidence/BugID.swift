/// Names such as `BUG-12` and `#7`, which match whole or not at all.
enum BugID {
    /// A name with a number in it, and nothing else but a colon.
    static func isWhole(_ text: ArraySlice<UInt8>) -> Bool {
        var text = text
        if text.last == UInt8(ascii: ":") { text.removeLast() }
        return isName(String(decoding: text, as: UTF8.self))
    }

    /// A heading begins with a name that has a number in it.
    static func begins(_ heading: String) -> Bool { first(in: heading) != nil }

    /// Both headings begin with names of one kind, such as `BUG-1` and `BUG-2`, and not with the same.
    static func areSiblings(_ heading: String, _ other: String) -> Bool {
        guard let one = first(in: heading), let two = first(in: other), one != two else { return false }
        return one.prefix { !$0.isNumber } == two.prefix { !$0.isNumber }
    }

    /// The name that a heading begins with, in lower case.
    static func first(in heading: String) -> String? {
        heading.split { !isPart($0) }.first.map { $0.lowercased() }.flatMap { isName($0) ? $0 : nil }
    }

    /// Words before `ID` that do not make it the id of something else, as `Related ID` is.
    private static let things: Set<Substring> = [
        "bug", "issue", "ticket", "defect", "incident", "problem", "error", "entry", "tracking", "jira", "github",
        "internal", "external", "report", "fault",
    ]

    /// A label such as `Bug ID`, in lower case, gives the id of the entry that it stands in.
    static func isLabel(_ label: String) -> Bool {
        var words = label.split(separator: " ")
        guard words.popLast() == "id" else { return false }
        return words.allSatisfy(things.contains)
    }

    private static func isName(_ word: String) -> Bool {
        guard word.contains(where: \.isNumber), word.allSatisfy(isPart) else { return false }
        let letters = word.prefix { $0.isLetter }
        // `2025-11-14` is a day and `3` a number, but `#3`, `B3` and `BUG-3` are names.
        return !letters.isEmpty || word.hasPrefix("#")
    }

    /// A text occurs in another so that no name with a number is cut: `BUG-1` is not in `BUG-12`, `v2` not in `v2.1`.
    static func occurs(_ wanted: String, in text: String, asWords: Bool) -> Bool {
        let (wanted, text) = (Array(wanted.unicodeScalars), Array(text.unicodeScalars))
        guard let first = wanted.first, let last = wanted.last, text.count >= wanted.count else { return false }
        let startsWithName = asWords || hasNumber(wanted.prefix(while: isPart))
        let endsWithName = asWords || hasNumber(wanted.reversed().prefix(while: isPart))
        for start in 0...(text.count - wanted.count) where text[start] == first {
            let end = start + wanted.count
            guard text[start..<end].elementsEqual(wanted) else { continue }
            let isCutBefore = startsWithName && isPart(first) && start > 0 && isPart(text[start - 1])
            let isCutBehind = endsWithName && isPart(last) && continues(text, at: end)
            if !isCutBefore, !isCutBehind { return true }
        }
        return false
    }

    /// A name would go on there: with a letter or number, or with `-`, `_` or `.` before one.
    private static func continues(_ text: [Unicode.Scalar], at end: Int) -> Bool {
        guard end < text.count else { return false }
        if text[end].isWord { return true }
        return "-_.".unicodeScalars.contains(text[end]) && end + 1 < text.count && text[end + 1].isWord
    }

    private static func hasNumber(_ word: some Sequence<Unicode.Scalar>) -> Bool {
        word.contains { $0.properties.numericType != nil }
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWord || scalar == "-" || scalar == "_" || scalar == "#"
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "_" || character == "#"
    }
}
