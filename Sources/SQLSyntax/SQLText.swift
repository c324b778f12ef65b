/// Small operations on the text of statements.
package enum SQLText {
    /// The text without the semicolons that close it; comments after them stay.
    package static func withoutClosingSemicolons(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for token in SQLLexer.tokens(text).reversed() {
            if token.kind == .space || token.kind == .comment { continue }
            guard token.kind == .symbol, bytes[token.range.lowerBound] == UInt8(ascii: ";") else { break }
            bytes.remove(at: token.range.lowerBound)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name as SQL, in double quotes unless it is a plain lower-case name that is no keyword.
    package static func quoted(identifier: String) -> String {
        let isPlain =
            identifier.utf8.first.map { $0.isWordStart } == true
            && identifier.utf8.allSatisfy { $0 < 0x80 && ($0.isWordStart || $0.isDigit) }
            && identifier == identifier.lowercased()
        // Which words are keywords, only the grammar knows.
        if isPlain, let parsed = try? ParsedSQL("SELECT \(identifier) FROM \(identifier)"),
            parsed.statements.first?.outputColumns == [identifier], parsed.tables == [TableName(name: identifier)]
        {
            return identifier
        }
        return "\"\(doubled("\"", in: identifier))\""
    }

    /// A string as SQL.
    package static func quoted(literal: String) -> String {
        let doubledQuotes = doubled("'", in: literal)
        // Right whether or not backslashes are special to the server.
        return literal.utf8.contains(UInt8(ascii: "\\"))
            ? " E'\(doubled("\\", in: doubledQuotes))'" : "'\(doubledQuotes)'"
    }

    /// A text as SQL between dollar signs, as `DO` takes it.
    package static func dollarQuoted(_ text: String) -> String {
        var tag = "$assay$"
        while text.contains(tag) { tag = "$_\(tag.dropFirst())" }
        return "\(tag)\n\(text)\n\(tag)"
    }

    /// A text as a comment of as many lines as it has.
    package static func comment(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.isEmpty ? "--" : "-- \($0)" }.joined(separator: "\n")
    }

    private static func doubled(_ scalar: Unicode.Scalar, in text: String) -> String {
        var result = String.UnicodeScalarView()
        for other in text.unicodeScalars {
            if other == scalar { result.append(scalar) }
            result.append(other)
        }
        return String(result)
    }

    /// The first word of a statement in capitals, such as `EXPLAIN`.
    static func firstWord(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let token = SQLLexer.tokens(text).first { $0.kind == .word }
        return token.map { String(decoding: bytes[$0.range], as: UTF8.self).uppercased() }
    }
}
