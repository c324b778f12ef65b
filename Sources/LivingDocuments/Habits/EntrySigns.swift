/// Whether what an entry tells of is over.
enum EntryState {
    case open, resolved
}

/// What tells an entry's heading from others, dates aside.
enum EntrySigns {
    private static let things: Set<String> = ["bug", "issue", "ticket", "defect"]
    private static let openMarks = "🔴🟠🟡❌🐛🐞🚨⏳🔁⛔".unicodeScalars
    private static let overMarks = "🟢✅".unicodeScalars
    private static let openStates: Set<String> = ["open", "opened", "active", "regressed", "investigating"]
    private static let overStates: Set<String> = ["resolved", "fixed", "closed", "solved", "wontfix"]

    /// The heading is that of an entry, by a date, an id, a number or a status.
    static func begin(_ heading: Outline.Heading) -> Bool {
        FoundDate.first(in: heading.source.utf8) != nil || hasID(heading.text) || EntryNumber(heading.text) != nil
            || status(heading.text) != nil
    }

    /// Such as `BUG-12: …`, `[#12] …` or `Bug 12 …`.
    static func hasID(_ heading: String) -> Bool {
        let start = heading.unicodeScalars.drop { !$0.isWordScalar && $0 != "#" }
        let word = start.prefix { $0.properties.isAlphabetic }
        let rest = start.dropFirst(word.count)
        if word.isEmpty { return rest.first == "#" && rest.dropFirst().first.map(isDigit) == true }
        if rest.first == "-" || rest.first == "#" {
            let digits = rest.dropFirst().prefix(while: isDigit)
            // `SEV-0` is a severity.
            let isSeverity = digits.count == 1 && word.count == 3 && String(word).lowercased() == "sev"
            return !digits.isEmpty && !isSeverity
        }
        return things.contains(String(word).lowercased())
            && rest.drop { $0 == " " || $0 == "#" || $0 == ":" }.first.map(isDigit) == true
    }

    /// What a sign such as 🔴, `OPEN` in capitals, or `(open)` tells.
    static func status(_ heading: String) -> EntryState? {
        if heading.unicodeScalars.contains(where: openMarks.contains) { return .open }
        var result: EntryState? = heading.unicodeScalars.contains(where: overMarks.contains) ? .resolved : nil
        var word = ""
        var before: Character = " "
        for character in heading + " " {
            if character.isLetter {
                word.append(character)
                continue
            }
            if "([".contains(before) && ")]".contains(character) || word == word.uppercased() {
                if openStates.contains(word.lowercased()) { return .open }
                if overStates.contains(word.lowercased()) { result = .resolved }
            }
            word = ""
            before = character
        }
        return result
    }

    /// Both headings begin with the same words and a number, such as `Session 157` and `Session 156: …`.
    static func areAlike(_ a: String, _ b: String) -> Bool {
        guard let first = beginning(a) else { return false }
        return first == beginning(b)
    }

    private static func beginning(_ heading: String) -> String? {
        let scalars = heading.unicodeScalars
        guard let digit = scalars.firstIndex(where: isDigit) else { return nil }
        return String(String.UnicodeScalarView(scalars[..<digit].filter(\.isWordScalar)))
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }
}
