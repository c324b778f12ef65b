/// What a heading says of how its bug stands: `BUG-3 🔴 OPEN`, `[OPEN] BUG-3`, `🔴 BUG-3`.
struct HeadingStatus {
    /// With words.
    let marks: [StatusMark]
    /// A sign of status alone, at an end of the heading or behind the id that it begins with.
    let sign: StatusMark?
    /// A word such as `critical` stands there, so that a sign alone may tell of it.
    let hasSeverity: Bool

    /// - Parameter text: the heading without its `#` marks.
    init(_ text: ArraySlice<UInt8>) {
        var marks: [StatusMark] = []
        var signs: [StatusMark] = []
        var hasSeverity = false
        let code = Self.codeSpans(text)
        var position = text.startIndex
        while position < text.endIndex {
            if let span = code.first(where: { $0.contains(position) }) {
                position = span.upperBound
                continue
            }
            let isWordStart = position == text.startIndex || !text[position - 1].isWordByte
            if isWordStart, StatusWords.isSeverity(at: position, in: text) { hasSeverity = true }
            let isMarkup = " \t*_".utf8.contains(text[position])
            if !isMarkup, isWordStart, let mark = Self.mark(at: position, in: text) {
                if mark.word == nil { signs.append(mark) } else { marks.append(mark) }
                position = mark.range.upperBound
            } else {
                position += 1
            }
        }
        self.marks = marks
        self.hasSeverity = hasSeverity
        sign = signs.first
    }

    private static func mark(at position: Int, in text: ArraySlice<UInt8>) -> StatusMark? {
        if let mark = StatusMark(inBracketsAt: position, in: text) {
            return isPlain(mark, in: text) ? mark : nil
        }
        guard let mark = StatusMark(at: position, in: text), let sign = mark.sign else { return nil }
        let rest = text[mark.range.upperBound...]
        let isAtEnd = rest.withoutBlanks.isEmpty
        guard let word = mark.word else { return isAtEnd || stands(mark, in: text) ? mark : nil }
        // `The door stays open 🔴` is a sentence with a sign.
        if word.range.lowerBound < sign.range.lowerBound, !text[word.range].isUpperCase { return nil }
        // `🔴 Open channel has no entry` tells of a channel.
        if isAtEnd { return mark }
        let next = rest.withoutBlanks
        guard sign.range.lowerBound == text.startIndex, let scalar = next.scalar(at: next.startIndex) else {
            return nil
        }
        return scalar == ":" || rest.first == 0x20 && "-–—|·".unicodeScalars.contains(scalar) ? mark : nil
    }

    /// `(OPEN)` anywhere, `(open)` at an end of the heading, and `(new)` only with a sign.
    private static func isPlain(_ mark: StatusMark, in text: ArraySlice<UInt8>) -> Bool {
        if mark.isEmphatic(in: text) { return true }
        guard let word = mark.word else { return false }
        let isAtEdge = mark.range.lowerBound == text.startIndex || text[mark.range.upperBound...].withoutBlanks.isEmpty
        return isAtEdge && (!word.isAdjective || text[mark.range.lowerBound] == UInt8(ascii: "["))
    }

    /// A sign without its word is a mark at the heading's start, or behind an id there, unless it tells of importance.
    private static func stands(_ mark: StatusMark, in text: ArraySlice<UInt8>) -> Bool {
        let before = text[..<mark.range.lowerBound].withoutBlanks
        guard before.isEmpty || BugID.isWhole(before) else { return false }
        return !StatusWords.isSeverity(at: text.skipping("*_ \t", from: mark.range.upperBound), in: text)
    }

    /// Where code stands, with its backticks.
    private static func codeSpans(_ text: ArraySlice<UInt8>) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var position = text.startIndex
        while let start = text[position...].firstIndex(of: UInt8(ascii: "`")) {
            let length = text[start...].prefix { $0 == UInt8(ascii: "`") }.count
            position = start + length
            var search = position
            while let next = text[search...].firstIndex(of: UInt8(ascii: "`")) {
                let found = text[next...].prefix { $0 == UInt8(ascii: "`") }.count
                search = next + found
                guard found == length else { continue }
                spans.append(start..<search)
                position = search
                break
            }
        }
        return spans
    }
}
