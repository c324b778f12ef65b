/// What can be said of a statement without a parser that knows its grammar.
package enum SelectShape {
    /// Why a text that the parser here cannot read may be more than one statement that reads; nil when it may not.
    ///
    /// The words that write are refused wherever they stand outside of strings and names in quotes: a column of such a
    /// name can be put in quotes.
    package static func obstacle(_ text: String) -> ParsedStatement.Obstacle? {
        let bytes = Array(text.utf8)
        var isFirst = true
        for token in SQLLexer.tokens(text) {
            let word = String(decoding: bytes[token.range], as: UTF8.self)
            switch token.kind {
            case .word:
                let capitals = word.uppercased()
                if isFirst, !["SELECT", "WITH", "VALUES", "TABLE"].contains(capitals) {
                    return ParsedStatement.Obstacle(reason: "'\(word)'", offset: token.range.lowerBound)
                }
                isFirst = false
                if ["INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "SHARE"].contains(capitals) {
                    return ParsedStatement.Obstacle(reason: "'\(word)'", offset: token.range.lowerBound)
                }
            case .symbol where word == ";":
                return ParsedStatement.Obstacle(reason: "a semicolon", offset: token.range.lowerBound)
            default: break
            }
        }
        return isFirst ? ParsedStatement.Obstacle(reason: "no statement", offset: nil) : nil
    }
}
