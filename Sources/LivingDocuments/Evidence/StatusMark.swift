/// A status as a document has it, such as `🔴 **OPEN**`: a sign, a word or both.
struct StatusMark: Equatable {
    enum Meaning {
        case open, resolved
    }

    /// Before the word, or directly behind it.
    private(set) var sign: StatusWords.Sign?
    private(set) var word: StatusWords.Word?
    let meaning: Meaning
    /// From the first of both to the end of the last, with the markup that closes there.
    private(set) var range: Range<Int>

    /// Reads the mark that begins at an offset, behind opening emphasis; nil when none does.
    init?(at start: Int, in text: ArraySlice<UInt8>) {
        let begin = text.skipping("*_ \t", from: start)
        sign = StatusWords.sign(at: begin, in: text)
        var end = sign?.range.upperBound ?? begin
        // `🔴 – **OPEN**` is one mark.
        let next = Self.passing(text, from: end)
        if let found = StatusWords.word(at: sign == nil ? begin : next, in: text) {
            word = found
            end = text.skipping("*_", from: found.range.upperBound)
            let behind = text.skipping(" \t", from: end)
            if sign == nil, let trailing = StatusWords.sign(at: behind, in: text) {
                sign = trailing
                end = text.skipping("*_", from: trailing.range.upperBound)
            }
        }
        guard let meaning = word?.meaning ?? sign?.meaning else { return nil }
        self.meaning = meaning
        range = begin..<end
    }

    /// Reads `[OPEN]` or `(🔴 OPEN)`, where nothing else stands between the brackets; `[Open](page.html)` is a link.
    init?(inBracketsAt start: Int, in text: ArraySlice<UInt8>) {
        let bracket = text.skipping("*_ \t", from: start)
        guard bracket < text.endIndex, text[bracket] == UInt8(ascii: "[") || text[bracket] == UInt8(ascii: "("),
            let mark = StatusMark(at: bracket + 1, in: text)
        else { return nil }
        let end = text.skipping(" \t", from: mark.range.upperBound)
        guard end < text.endIndex, text[end] == (text[bracket] == UInt8(ascii: "[") ? 0x5D : 0x29) else { return nil }
        let isLink = end + 1 < text.endIndex && "([:".utf8.contains(text[end + 1])
        if text[bracket] == UInt8(ascii: "["), isLink { return nil }
        self = mark
        range = bracket..<(end + 1)
    }

    private static func passing(_ text: ArraySlice<UInt8>, from start: Int) -> Int {
        let blank = text.skipping("*_ \t", from: start)
        guard let scalar = text.scalar(at: blank), "-–—:".unicodeScalars.contains(scalar) else { return blank }
        return text.skipping("*_ \t", from: blank + String(scalar).utf8.count)
    }

    /// It has a sign or capital letters, as no word of a sentence has.
    func isEmphatic(in text: ArraySlice<UInt8>) -> Bool {
        sign != nil || word.map { text[$0.range].isUpperCase } ?? false
    }

    /// The edits that make it say resolved, in the letters of its word; a sign only where there was one.
    func resolving(in bytes: [UInt8]) -> [Edit] {
        var edits: [Edit] = []
        if let sign, sign.meaning != .resolved { edits.append(Edit(range: sign.range, bytes: Array("✅".utf8))) }
        if let word {
            let old = bytes[word.range]
            let isCapital = old.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
            let new = old.isUpperCase ? "RESOLVED" : isCapital ? "Resolved" : "resolved"
            edits.append(Edit(range: word.range, bytes: Array(new.utf8)))
        }
        return edits
    }
}
