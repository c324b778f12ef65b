/// Where headings have the status of their entries: `## 2025-11-14: ✅ RESOLVED - Title`, `## Title [open]`.
struct StatusForm {
    /// It stands behind the title.
    let isBehind: Bool
    let before: String
    let after: String
    private let hasSign: Bool
    private let isUpperCase: Bool
    private let isCapitalized: Bool

    /// Nil unless most headings have a word of status.
    init?(_ headings: [String]) {
        let found = headings.compactMap { Self.mark(Array($0.utf8)[...]).map { StatusForm($0.mark, $0.text) } }
        guard found.count * 2 > headings.count, let first = found.first else { return nil }
        self = found.first { $0.isBehind == (found.count(where: \.isBehind) * 2 > found.count) } ?? first
    }

    /// The status as the headings have it.
    func text(sign: String, word: String) -> String {
        let word =
            isUpperCase
            ? word.uppercased() : isCapitalized ? word.prefix(1) + word.dropFirst().lowercased() : word.lowercased()
        return before + (hasSign ? "\(sign) \(word)" : word) + after
    }

    private init(_ mark: StatusMark, _ text: ArraySlice<UInt8>) {
        let own = mark.word?.range ?? mark.range
        hasSign = mark.sign != nil
        isUpperCase = text[own].isUpperCase
        isCapitalized = text[own].first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
        let rest = String(decoding: text[mark.range.upperBound...], as: UTF8.self)
        let ahead = String(decoding: text[..<mark.range.lowerBound], as: UTF8.self)
        let isBracketed = "([".utf8.contains(text[mark.range.lowerBound])
        let (open, close) = text[mark.range.lowerBound] == UInt8(ascii: "[") ? ("[", "]") : ("(", ")")
        isBehind = !rest.hasWords && ahead.hasWords
        if isBehind {
            let gap = String(ahead.reversed().prefix { !$0.isLetter && !$0.isNumber }.reversed())
            before = (Self.isPlain(gap) && !gap.isEmpty ? gap : " ") + (isBracketed ? open : "")
            after = isBracketed ? close : ""
        } else {
            let gap = String(rest.prefix { !$0.isLetter && !$0.isNumber })
            before = isBracketed ? open : ""
            after = (isBracketed ? close : "") + (Self.isPlain(gap) && gap.hasSuffix(" ") ? gap : " ")
        }
    }

    private static func isPlain(_ gap: String) -> Bool { gap.allSatisfy { " :-–—·|".contains($0) } }

    /// The first mark that has a word, and a sign, brackets or capital letters.
    static func mark(_ text: ArraySlice<UInt8>) -> (mark: StatusMark, text: ArraySlice<UInt8>)? {
        for position in text.indices where position == text.startIndex || !text[position - 1].isWordByte {
            if " \t*_".utf8.contains(text[position]) { continue }
            if let mark = StatusMark(inBracketsAt: position, in: text), mark.word != nil { return (mark, text) }
            if let mark = StatusMark(at: position, in: text), mark.word != nil, mark.isEmphatic(in: text) {
                return (mark, text)
            }
        }
        return nil
    }
}
