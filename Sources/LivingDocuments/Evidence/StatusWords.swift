/// The words and signs with which people say how a bug stands.
enum StatusWords {
    /// Longer ones first, since the first that fits is taken.
    private static let open = [
        "under investigation", "fix in progress", "investigating", "in progress", "not resolved", "not started",
        "unresolved", "in review", "not fixed", "regressed", "reopened", "confirmed", "blocked", "pending", "ongoing",
        "unfixed", "active", "to do", "todo", "open", "new", "wip",
    ]
    private static let resolved = [
        "completed", "resolved", "won't fix", "wont fix", "complete", "verified", "closed", "solved", "fixed", "done",
    ]
    private static let openSigns = ["🔴", "🟠", "🟡", "⏳", "⌛", "🚧", "🔁", "🔄"]
    private static let resolvedSigns = ["✅", "☑", "✔"]
    /// Signs that a status word may have, and that say nothing of a status alone.
    private static let otherSigns = ["🟢", "🔵", "⚪", "❌", "❗", "🆕", "🛠", "⚠", "🔍"]
    /// Open in any sentence's brackets would be rare; `(new)` and `(active)` are not.
    private static let plainAdjectives: Set = ["new", "active", "blocked", "confirmed", "complete", "verified"]
    static let severities = [
        "critical", "severe", "severity", "blocker", "urgent", "highest", "high", "major", "medium", "moderate",
        "minor",
        "lowest", "low", "p0", "p1", "p2", "p3", "p4",
    ]

    struct Word: Equatable {
        var range: Range<Int>
        var meaning: StatusMark.Meaning
        /// It is seen in sentences, too.
        var isAdjective: Bool
    }

    struct Sign: Equatable {
        var range: Range<Int>
        /// Nil for a sign that needs a word.
        var meaning: StatusMark.Meaning?
    }

    /// The status word that begins at an offset; `In-Progress` is one, `open-source` and `newer` are not.
    static func word(at start: Int, in text: ArraySlice<UInt8>) -> Word? {
        for (words, meaning) in [(open, StatusMark.Meaning.open), (resolved, .resolved)] {
            for word in words {
                guard let end = text.end(of: word, at: start), !text.continuesWord(at: end) else { continue }
                return Word(range: start..<end, meaning: meaning, isAdjective: plainAdjectives.contains(word))
            }
        }
        return nil
    }

    static func sign(at start: Int, in text: ArraySlice<UInt8>) -> Sign? {
        let groups: [([String], StatusMark.Meaning?)] = [
            (openSigns, .open), (resolvedSigns, .resolved), (otherSigns, nil),
        ]
        for (signs, meaning) in groups {
            for sign in signs where text[start...].starts(with: sign.utf8) {
                let end = start + sign.utf8.count
                // The selector that asks for the coloured form.
                let selector = "\u{FE0F}".utf8
                return Sign(
                    range: start..<(text[end...].starts(with: selector) ? end + selector.count : end),
                    meaning: meaning
                )
            }
        }
        return nil
    }

    /// A word of importance begins at an offset.
    static func isSeverity(at start: Int, in text: ArraySlice<UInt8>) -> Bool {
        severities.contains { text.end(of: $0, at: start).map { !text.continuesWord(at: $0) } ?? false }
    }
}

extension ArraySlice<UInt8> {
    /// Where a text that begins at an offset ends, in letters of any case; a space may be `-` or `_`, too.
    func end(of word: String, at start: Int) -> Int? {
        var position = start
        for byte in word.utf8 {
            guard position < endIndex else { return nil }
            let own = self[position]
            let lower = own >= 0x41 && own <= 0x5A ? own | 0x20 : own
            guard lower == byte || byte == 0x20 && (own == 0x2D || own == 0x5F) else { return nil }
            position += 1
        }
        return position
    }

    /// A word that ends at an offset would go on there: `newer`, `open-source`, `new's`.
    func continuesWord(at end: Int) -> Bool {
        guard let scalar = scalar(at: end) else { return false }
        if scalar.isWord { return true }
        guard "-_'’/".unicodeScalars.contains(scalar) else { return false }
        return self.scalar(at: end + String(scalar).utf8.count)?.isWord ?? false
    }

    /// The character that begins at an offset; nil at the end.
    func scalar(at offset: Int) -> Unicode.Scalar? {
        guard offset < endIndex else { return nil }
        return String(decoding: self[offset..<Swift.min(offset + 4, endIndex)], as: UTF8.self).unicodeScalars.first
    }

    /// The first offset from another on where none of these bytes stands.
    func skipping(_ bytes: String, from start: Int) -> Int {
        self[start...].firstIndex { !bytes.utf8.contains($0) } ?? endIndex
    }

    /// No letter is a small one.
    var isUpperCase: Bool { allSatisfy { !($0 >= 0x61 && $0 <= 0x7A) } }

    /// Without blanks at both ends.
    var withoutBlanks: ArraySlice<UInt8> {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}

extension Unicode.Scalar {
    var isWord: Bool { properties.isAlphabetic || properties.numericType != nil }
}
