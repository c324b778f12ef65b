/// A line whose label is Status, such as `**Status:** 🔴 OPEN` or `| Status | open |`.
struct StatusField {
    /// The offset of its line.
    let line: Int
    /// Nil when what it says is no status that is known, or not clearly one.
    private(set) var mark: StatusMark?

    /// Reads a line of a paragraph or list, which may hold several fields: `**Severity:** high · **Status:** open`.
    init?(line: ArraySlice<UInt8>) {
        let parts = Self.parts(line)
        for (index, part) in parts.enumerated() {
            guard let value = Self.value(Self.behindListMark(part)) else { continue }
            self.init(line: line.startIndex, value: value)
            // `Open | In progress | Fixed` is a choice that nobody has made.
            if let next = parts.dropFirst(index + 1).first?.withoutBlanks,
                StatusMark(at: next.startIndex, in: next)?.word != nil
            {
                mark = nil
            }
            return
        }
        return nil
    }

    /// Reads a row of a table with two columns.
    init?(row: ArraySlice<UInt8>) {
        var cells = Self.split(row.withoutBlanks, at: "|")
        if cells.first?.isEmpty ?? false { cells.removeFirst() }
        if cells.last?.withoutBlanks.isEmpty ?? false { cells.removeLast() }
        guard cells.count == 2, Self.label(cells[0].withoutBlanks, needsColon: false) != nil else { return nil }
        self.init(line: row.startIndex, value: cells[1].withoutBlanks)
    }

    /// - Parameter value: what the field says, to the end of its line or cell.
    init(line: Int, value: ArraySlice<UInt8>) {
        self.line = line
        let start = Self.behindStruckText(value)
        if let mark = StatusMark(at: start, in: value), Self.stands(mark, in: value) {
            self.mark = mark
        } else {
            mark = StatusMark(inBracketsAt: start, in: value)
        }
    }

    /// Another line says something else.
    mutating func doubt() { mark = nil }

    static func behindListMark(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let text = line.withoutBlanks
        let number = text.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let mark = number.isEmpty ? "-*+" : ".)"
        guard let sign = text[number.endIndex...].first, mark.utf8.contains(sign) else { return text }
        let rest = text[(number.endIndex + 1)...]
        return rest.first == 0x20 || rest.first == 0x09 ? rest.withoutBlanks : text
    }

    private static func value(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        label(part, needsColon: true).map { part[$0...].withoutBlanks }
    }

    /// Where the label `Status` ends, with its colon and emphasis.
    private static func label(_ text: ArraySlice<UInt8>, needsColon: Bool) -> Int? {
        let start = text.skipping("*_", from: text.startIndex)
        guard start - text.startIndex <= 3, let end = text.end(of: "status", at: start) else { return nil }
        let colon = text.skipping("*_ \t", from: end)
        if !needsColon { return text.skipping(":*_ \t", from: end) == text.endIndex ? text.endIndex : nil }
        guard colon < text.endIndex, text[colon] == UInt8(ascii: ":") else { return nil }
        return text.skipping("*_", from: colon + 1)
    }

    /// What is struck out was said before.
    private static func behindStruckText(_ value: ArraySlice<UInt8>) -> Int {
        let tildes = Array("~~".utf8)
        guard value.starts(with: tildes), let close = Array(value.dropFirst(2)).firstRange(of: tildes) else {
            return value.startIndex
        }
        return value.startIndex + 2 + close.upperBound
    }

    /// The mark is not the beginning of a sentence (`New users cannot log in`) or of a choice (`Open / Closed`).
    private static func stands(_ mark: StatusMark, in value: ArraySlice<UInt8>) -> Bool {
        let end = mark.range.upperBound
        let next = value.skipping(" \t", from: end)
        guard let scalar = value.scalar(at: next) else { return true }
        if mark.word == nil { return mark.meaning == .resolved }
        if mark.meaning == .resolved { return true }
        let rest = String(decoding: value[next...], as: UTF8.self)
        let words = Set(rest.lowercased().split { !$0.isLetter }.map(String.init))
        switch scalar {
        case "·", "•", "<": return true
        // `(Ann)`, `(reported 2025-11-14)`; what goes on saying why it is open would be false.
        case "(": return words.isDisjoint(with: Self.reasons)
        case ",", ";", ".", ":", "!", "–", "—", "-", ")", "&": return words.isEmpty && !rest.hasPrefix("->")
        default: return false
        }
    }

    private static let reasons: Set = [
        "since", "until", "till", "pending", "waiting", "awaiting", "because", "for", "while", "blocked", "not",
        "still", "design", "intended", "intentional", "planned", "wontfix",
    ]

    private static func parts(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        ["|", "·", "•"].reduce([line]) { parts, mark in parts.flatMap { split($0, at: mark) } }
    }

    private static func split(_ text: ArraySlice<UInt8>, at mark: String) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = text.startIndex
        var position = start
        while position < text.endIndex {
            if text[position...].starts(with: mark.utf8), position == start || text[position - 1] != UInt8(ascii: "\\")
            {
                parts.append(text[start..<position])
                position += mark.utf8.count
                start = position
            } else {
                position += 1
            }
        }
        return parts + [text[start...]]
    }
}
