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
}
