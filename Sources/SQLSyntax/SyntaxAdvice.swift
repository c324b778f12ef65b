/// What a person most likely meant where PostgreSQL's parser stops: another database's SQL, or something unfinished.
package struct SyntaxAdvice: Sendable, Equatable {
    /// In bytes of the text.
    package var range: Range<Int>
    package var words: String
    /// No grammar of PostgreSQL will ever take it.
    package var isCertain = true

    /// - Parameter offset: where the parser stopped, in bytes; the end of the text when something is missing there.
    package static func find(in text: String, at offset: Int) -> SyntaxAdvice? {
        let tokens = SyntaxTokens(text, at: offset)
        for rule in [
            tokens.backtick, tokens.squareBracket, tokens.placeholder, tokens.clause, tokens.comma, tokens.bracket,
            tokens.keyword, tokens.slip, tokens.missingComma,
        ] {
            if let advice = rule() { return advice }
        }
        return nil
    }
}

/// The tokens of a text around the place where the parser stopped.
private struct SyntaxTokens {
    private let bytes: [UInt8]
    private let tokens: [SQLLexer.Token]
    /// The token at which the parser stopped; their number at the text's end.
    private let stop: Int

    init(_ text: String, at offset: Int) {
        bytes = Array(text.utf8)
        tokens = SQLLexer.tokens(text).filter { $0.kind != .space && $0.kind != .comment }
        stop = tokens.firstIndex { $0.range.upperBound > offset } ?? tokens.count
    }

    /// The text of a token; empty when there is none.
    private func word(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "" }
        return String(decoding: bytes[tokens[index].range], as: UTF8.self)
    }

    private func capitals(_ index: Int) -> String { word(index).uppercased() }

    private func kind(_ index: Int) -> SQLLexer.Token.Kind? {
        tokens.indices.contains(index) ? tokens[index].kind : nil
    }

    private func advice(_ first: Int, to last: Int? = nil, _ words: String, isCertain: Bool = true) -> SyntaxAdvice {
        let range = tokens[first].range.lowerBound..<tokens[last ?? first].range.upperBound
        return SyntaxAdvice(range: range, words: words, isCertain: isCertain)
    }

    func backtick() -> SyntaxAdvice? {
        guard let first = tokens.indices.first(where: { word($0) == "`" }) else { return nil }
        let last = tokens.indices.first { $0 > first && word($0) == "`" } ?? first
        let name = last == first + 2 ? word(first + 1) : "name"
        return advice(first, to: last, "backticks are MySQL's; PostgreSQL puts a name in double quotes: \"\(name)\"")
    }

    func squareBracket() -> SyntaxAdvice? {
        guard word(stop) == "[", kind(stop + 1) == .word, word(stop + 2) == "]" else { return nil }
        let name = word(stop + 1)
        return advice(
            stop,
            to: stop + 2,
            "square brackets are SQL Server's; PostgreSQL puts a name in double quotes: \"\(name)\""
        )
    }

    /// `?`, `%s` and `{name}`, which other tools fill in.
    func placeholder() -> SyntaxAdvice? {
        let form = "parameters have names here, such as :days, and their values stand in 'parameters'"
        for index in tokens.indices {
            let next = capitals(index + 1)
            switch word(index) {
            case "?" where next.isEmpty || [")", ",", "AND", "OR", "ORDER", "GROUP", "LIMIT", "THEN"].contains(next):
                return advice(index, form)
            case "%" where ["S", "D"].contains(next) && kind(index - 1) == .symbol:
                return advice(index, to: index + 1, form)
            case "{" where kind(index + 1) == .word && word(index + 2) == "}":
                return advice(index, to: index + 2, "parameters are written ':\(word(index + 1))' here")
            default: continue
            }
        }
        return nil
    }

    /// Clauses that other databases have in PostgreSQL's place.
    func clause() -> SyntaxAdvice? {
        if capitals(stop - 1) == "TOP", kind(stop) == .number {
            return advice(stop - 1, to: stop, "TOP is SQL Server's; write LIMIT \(word(stop)) at the query's end")
        }
        if capitals(stop) == "LIMIT", word(stop + 2) == "," {
            let form = "LIMIT \(word(stop + 3)) OFFSET \(word(stop + 1))"
            return advice(stop, to: min(stop + 3, tokens.count - 1), "write \(form)")
        }
        guard word(stop) == "#" else { return nil }
        return advice(stop, "'#' begins no comment in SQL; write '--'")
    }

    /// A comma with nothing behind it.
    func comma() -> SyntaxAdvice? {
        let ends = ["", ")", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION"]
        // A column can have been meant whose name is a word of SQL.
        let isColumn = ["GROUP", "ORDER"].contains(capitals(stop)) && capitals(stop + 1) != "BY"
        guard word(stop - 1) == ",", ends.contains(capitals(stop)), !isColumn else { return nil }
        let place = stop < tokens.count ? "before \(word(stop))" : "at the end"
        return advice(stop - 1, "nothing stands behind the comma \(place): leave it out, or add what is missing")
    }

    func bracket() -> SyntaxAdvice? {
        var open: [Int] = []
        for index in tokens.indices {
            if word(index) == "(" { open.append(index) }
            if word(index) == ")", open.popLast() == nil, index == stop {
                return advice(index, "this bracket closes none")
            }
        }
        guard let last = open.last, stop == tokens.count else { return nil }
        return advice(last, "this bracket is never closed")
    }

    private static let keywords: Set = [
        "ORDER", "GROUP", "USER", "TABLE", "END", "DESC", "ASC", "LIMIT", "OFFSET", "CHECK", "DEFAULT", "PRIMARY",
        "REFERENCES", "COLUMN", "TO", "GRANT", "CASE", "WINDOW", "CONSTRAINT", "FOREIGN", "UNIQUE", "ALL", "ANY",
    ]

    /// A name that is a word of SQL, such as the table `Order`.
    func keyword() -> SyntaxAdvice? {
        let before = ["FROM", "JOIN", "INTO", "UPDATE", "SELECT", ",", "WHERE", "AND", "OR", "ON", "BY", "("]
        guard kind(stop) == .word, Self.keywords.contains(capitals(stop)), before.contains(capitals(stop - 1)) else {
            return nil
        }
        let name = word(stop) == capitals(stop) ? word(stop).lowercased() : word(stop)
        return advice(stop, "'\(word(stop))' is a word of SQL; as a name it stands in double quotes: \"\(name)\"")
    }

    private static let clauses = [
        "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "JOIN", "BETWEEN", "DISTINCT",
        "INSERT",
        "UPDATE", "DELETE", "EXISTS",
    ]

    /// A word of SQL that is nearly written right, at the place or before it.
    func slip() -> SyntaxAdvice? {
        for index in [stop, stop - 1] where kind(index) == .word && word(index).count > 3 {
            let written = Array(capitals(index))
            guard !Self.clauses.contains(capitals(index)),
                let meant = Self.clauses.first(where: { isSlip(written, Array($0)) })
            else { continue }
            return advice(index, "did you mean \(meant)?", isCertain: false)
        }
        return nil
    }

    /// One letter too many, too few or another one, or two that changed places.
    private func isSlip(_ written: [Character], _ meant: [Character]) -> Bool {
        guard abs(written.count - meant.count) <= 1 else { return false }
        let head = zip(written, meant).prefix { $0 == $1 }.count
        let tail = zip(written.reversed(), meant.reversed()).prefix { $0 == $1 }.count
        let left = max(written.count, meant.count) - head - tail
        return left <= 1 || (left == 2 && written.sorted() == meant.sorted())
    }

    func missingComma() -> SyntaxAdvice? {
        let values: [SQLLexer.Token.Kind] = [.word, .quotedName, .string, .number]
        guard stop > 0, let this = kind(stop), let last = kind(stop - 1), values.contains(this), values.contains(last)
        else { return nil }
        return advice(stop, "is a comma or an operator missing before it?", isCertain: false)
    }
}
