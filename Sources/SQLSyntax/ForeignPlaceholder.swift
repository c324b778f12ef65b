/// A parameter in the notation of another tool, or in quotes: `{{ name }}`, `%(name)s`, `${name}`, `':name'`.
///
/// PostgreSQL takes one in a string for a part of the text, without a word.
package struct ForeignPlaceholder: Sendable, Equatable {
    package var name: String
    /// In bytes of the whole text.
    package var range: Range<Int>
    /// What to write instead.
    package var replacement: String

    /// Those in strings and quoted names that hold one of some known names.
    package static func quoted(in text: String, named known: Set<String>) -> [ForeignPlaceholder] {
        guard !known.isEmpty else { return [] }
        let bytes = Array(text.utf8)
        var found: [ForeignPlaceholder] = []
        var typeName: String?
        for token in SQLLexer.tokens(text) where token.kind != .space && token.kind != .comment {
            if token.kind == .string || token.kind == .quotedName {
                for (name, range) in matches(bytes, in: token.range) where known.contains(name) {
                    let replacement = replacement(of: name, at: range, in: token, bytes, typeName)
                    found.append(ForeignPlaceholder(name: name, range: range, replacement: replacement))
                }
            }
            typeName = token.kind == .word ? String(decoding: bytes[token.range], as: UTF8.self).lowercased() : nil
        }
        return found
    }

    /// The first one outside of strings and comments; PostgreSQL's grammar takes none of them.
    package static func bare(in text: String) -> ForeignPlaceholder? {
        var bytes = Array(text.utf8)
        for token in SQLLexer.tokens(text) where [.string, .quotedName, .comment, .named].contains(token.kind) {
            // psql's own `:'name'` is a colon before a string.
            let isPsql = token.range.lowerBound > 0 && bytes[token.range.lowerBound - 1] == UInt8(ascii: ":")
            if isPsql, token.kind == .string || token.kind == .quotedName { continue }
            for index in token.range { bytes[index] = 0x20 }
        }
        // `@name` can be an operator before a column.
        guard
            let (name, range) = matches(bytes, in: bytes.indices).first(where: {
                bytes[$0.range.lowerBound] != UInt8(ascii: "@")
            })
        else { return nil }
        return ForeignPlaceholder(name: name, range: range, replacement: ":\(name)")
    }

    /// How a placeholder begins and ends around its name.
    private static let forms: [(open: [UInt8], close: [UInt8])] = [
        ("{{", "}}"), ("%(", ")"), ("${", "}"), ("$(", ")"), ("#{", "}"), (":'", "'"), (":\"", "\""),
        (":", ""), ("@", ""), ("$", ""),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    private static func matches(_ bytes: [UInt8], in range: Range<Int>) -> [(name: String, range: Range<Int>)] {
        // A path through JSON has variables of its own: `$.items ? (@.state == $state)`.
        let text = String(decoding: bytes[range], as: UTF8.self)
        let isPath = ["$.", "$[", "@."].contains { text.contains($0) }
        var found: [(String, Range<Int>)] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard ":@$%#{".utf8.contains(bytes[index]),
                let (name, end) = match(bytes, index, range), !(isPath && end == index + 1 + name.utf8.count)
            else {
                index += 1
                continue
            }
            found.append((name, index..<end))
            index = end
        }
        return found
    }

    /// The name of a placeholder that begins at a byte, and its end.
    private static func match(_ bytes: [UInt8], _ start: Int, _ range: Range<Int>) -> (String, Int)? {
        for (open, close) in forms where bytes[start..<range.upperBound].starts(with: open) {
            let isOpen = close.isEmpty
            if isOpen, start > range.lowerBound {
                let before = bytes[start - 1]
                if before.isWordStart || before.isDigit || before == open[0] { continue }
            }
            var index = start + open.count
            if !isOpen { while index < range.upperBound, bytes[index].isSpace { index += 1 } }
            let first = index
            while index < range.upperBound, bytes[index].isWordStart || bytes[index].isDigit { index += 1 }
            guard index > first, bytes[first].isWordStart else { continue }
            let name = String(decoding: bytes[first..<index], as: UTF8.self)
            if isOpen { return (name, index) }
            while index < range.upperBound, bytes[index].isSpace { index += 1 }
            guard bytes[index..<range.upperBound].starts(with: close) else { continue }
            index += close.count
            // Python writes the type behind: `%(name)s`.
            if open == Array("%(".utf8), index < range.upperBound, bytes[index].isWordStart { index += 1 }
            return (name, index)
        }
        return nil
    }

    /// The parameter, joined with what else stands in the quotes.
    private static func replacement(
        of name: String,
        at range: Range<Int>,
        in token: SQLLexer.Token,
        _ bytes: [UInt8],
        _ before: String?
    ) -> String {
        guard bytes[token.range.lowerBound] == UInt8(ascii: "'"), bytes[token.range.upperBound - 1] == UInt8(ascii: "'")
        else { return ":\(name)" }
        let inner = token.range.dropFirst().dropLast()
        func piece(_ range: Range<Int>) -> String? {
            range.isEmpty ? nil : "'\(String(decoding: bytes[range], as: UTF8.self))'"
        }
        let left = piece(inner.startIndex..<max(inner.startIndex, range.lowerBound))
        let right = piece(min(range.upperBound, inner.endIndex)..<inner.endIndex)
        let joined = [left, ":\(name)", right].compactMap(\.self).joined(separator: " || ")
        let type = before.flatMap { ["interval", "date", "timestamp", "timestamptz", "time"].contains($0) ? $0 : nil }
        guard let type else { return joined }
        return left == nil && right == nil ? ":\(name)::\(type)" : "(\(joined))::\(type)"
    }
}
