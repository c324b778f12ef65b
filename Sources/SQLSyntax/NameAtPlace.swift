extension SQLText {
    /// The name that stands at a byte of a text, as PostgreSQL reads it: without quotes, in lower case if it had none.
    ///
    /// - Returns: its parts, such as schema and table; empty when no name stands there.
    package static func name(at offset: Int, in text: String) -> [String] {
        let bytes = Array(text.utf8)
        let tokens = SQLLexer.tokens(text).filter { $0.kind != .comment && $0.kind != .space }
        guard var index = tokens.firstIndex(where: { $0.range.contains(offset) }) else { return [] }
        var parts: [String] = []
        while index < tokens.count {
            let word = String(decoding: bytes[tokens[index].range], as: UTF8.self)
            switch tokens[index].kind {
            case .word: parts.append(word.lowercased())
            case .quotedName: parts.append(String(word.dropFirst().dropLast()).replacing("\"\"", with: "\""))
            default: return parts
            }
            guard index + 1 < tokens.count, tokens[index + 1].kind == .symbol,
                bytes[tokens[index + 1].range].elementsEqual(".".utf8)
            else { break }
            index += 2
        }
        return parts
    }

    /// The text in single quotes that begins at a byte; nil when none does.
    package static func string(at offset: Int, in text: String) -> String? {
        guard let token = SQLLexer.tokens(text).first(where: { $0.range.lowerBound == offset }), token.kind == .string
        else { return nil }
        let written = String(decoding: Array(text.utf8)[token.range], as: UTF8.self)
        guard written.hasPrefix("'"), written.hasSuffix("'"), written.count > 1 else { return nil }
        return String(written.dropFirst().dropLast()).replacing("''", with: "'")
    }

    /// Whether a name in double quotes begins at a byte.
    package static func isQuotedName(at offset: Int, in text: String) -> Bool {
        SQLLexer.tokens(text).contains { $0.range.lowerBound == offset && $0.kind == .quotedName }
    }

    /// The first place, in bytes, where `FROM user` or `JOIN user` reads the name of the connected role as a table.
    package static func roleAsTable(in text: String) -> Int? {
        let bytes = Array(text.utf8)
        let tokens = SQLLexer.tokens(text).filter { $0.kind != .comment && $0.kind != .space }
        func word(_ index: Int) -> String {
            guard tokens.indices.contains(index) else { return "" }
            return String(decoding: bytes[tokens[index].range], as: UTF8.self).lowercased()
        }
        let found = tokens.indices.first { index in
            // `IS DISTINCT FROM user` compares with the name.
            word(index) == "user" && ["from", "join"].contains(word(index - 1)) && word(index - 2) != "distinct"
        }
        return found.map { tokens[$0].range.lowerBound }
    }
}
