/// Cuts a text into the tokens of PostgreSQL's lexical rules, and `:name` as one more.
///
/// It never fails: a string, quoted name or comment without an end goes to the end of the text, where PostgreSQL's own
/// parser complains. `standard_conforming_strings` is taken to be on, as it is by default.
struct SQLLexer {
    struct Token: Equatable {
        enum Kind: Equatable {
            /// A keyword or a name without quotes.
            case word
            case quotedName, string, number, comment, space
            /// `:name`.
            case named
            /// `$1`.
            case positional
            /// `::` and `:=`, or any other single byte.
            case symbol
        }

        var kind: Kind
        /// In bytes.
        var range: Range<Int>
    }

    private let bytes: [UInt8]
    private var index = 0
    /// The last token that is neither space nor comment.
    private var previous: Token?
    /// Open brackets, square and round; a slice's colon stands directly in square ones.
    private var open: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func tokens(_ text: String) -> [Token] {
        var lexer = SQLLexer(Array(text.utf8))
        var tokens: [Token] = []
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    mutating func next() -> Token? {
        guard index < bytes.count else { return nil }
        let start = index
        let kind = scan()
        let token = Token(kind: kind, range: start..<index)
        if kind != .space && kind != .comment { previous = token }
        return token
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        index + distance < bytes.count ? bytes[index + distance] : nil
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while index < bytes.count, condition(bytes[index]) { index += 1 }
    }

    /// Moves past the next token.
    private mutating func scan() -> Token.Kind {
        let byte = bytes[index]
        switch byte {
        case _ where byte.isSpace:
            skip(while: \.isSpace)
            return .space
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
            skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return .comment
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            skipBlockComment()
            return .comment
        case UInt8(ascii: "'"):
            skipString(backslashes: false)
            return .string
        case UInt8(ascii: "\""):
            skipQuoted(UInt8(ascii: "\""), backslashes: false)
            return .quotedName
        case UInt8(ascii: "$"): return scanDollar()
        case UInt8(ascii: ":"): return scanColon()
        case _ where byte.isWordStart: return scanWord()
        case _ where byte.isDigit:
            skip { $0.isDigit || $0.isWordStart || $0 == UInt8(ascii: ".") }
            return .number
        default: return scanSymbol(byte)
        }
    }

    private mutating func scanWord() -> Token.Kind {
        let first = bytes[index]
        skip { $0.isWordStart || $0.isDigit || $0 == UInt8(ascii: "$") }
        guard peek() == UInt8(ascii: "'"), index >= 1, isSingleLetterWord() else { return .word }
        skipString(backslashes: first | 0x20 == UInt8(ascii: "e"))
        return .string
    }

    /// Whether the word just passed is one of the letters that, directly before a quote, belong to a string.
    private func isSingleLetterWord() -> Bool {
        guard index < 2 || !(bytes[index - 2].isWordStart || bytes[index - 2].isDigit) else { return false }
        return "eEbBxXnN".utf8.contains(bytes[index - 1])
    }

    private mutating func scanDollar() -> Token.Kind {
        if let digit = peek(1), digit.isDigit {
            index += 1
            skip(while: \.isDigit)
            return .positional
        }
        var end = index + 1
        if end < bytes.count, bytes[end].isWordStart {
            while end < bytes.count, bytes[end].isWordStart || bytes[end].isDigit { end += 1 }
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else {
            index += 1
            return .symbol
        }
        let tag = bytes[index...end]
        index = end + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), bytes[index...].starts(with: tag) {
                index += tag.count
                return .string
            }
            index += 1
        }
        return .string
    }

    private mutating func scanColon() -> Token.Kind {
        if let following = peek(1) {
            if following == UInt8(ascii: ":") || following == UInt8(ascii: "=") {
                index += 2
                return .symbol
            }
            if following.isWordStart, !isSliceColon {
                index += 1
                skip { $0.isWordStart || $0.isDigit }
                return .named
            }
        }
        index += 1
        return .symbol
    }

    /// Whether a colon here parts the bounds of an array slice: directly in square brackets, after a value.
    private var isSliceColon: Bool {
        guard open.last == UInt8(ascii: "["), let previous else { return false }
        guard previous.kind == .symbol else { return true }
        let last = bytes[previous.range.upperBound - 1]
        return last == UInt8(ascii: ")") || last == UInt8(ascii: "]")
    }

    private mutating func scanSymbol(_ byte: UInt8) -> Token.Kind {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "("): open.append(byte)
        case UInt8(ascii: "]"), UInt8(ascii: ")"): _ = open.popLast()
        default: break
        }
        index += 1
        return .symbol
    }

    private mutating func skipBlockComment() {
        var depth = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                index += 2
            } else if bytes[index] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                index += 2
                if depth == 0 { return }
            } else {
                index += 1
            }
        }
    }

    /// Passes a string, with its continuations on further lines.
    private mutating func skipString(backslashes: Bool) {
        while true {
            skipQuoted(UInt8(ascii: "'"), backslashes: backslashes)
            var ahead = index
            var hasNewline = false
            while ahead < bytes.count, bytes[ahead].isSpace {
                hasNewline = hasNewline || bytes[ahead] == UInt8(ascii: "\n") || bytes[ahead] == UInt8(ascii: "\r")
                ahead += 1
            }
            guard hasNewline, ahead < bytes.count, bytes[ahead] == UInt8(ascii: "'") else { return }
            index = ahead
        }
    }

    /// Passes a quoted piece; a doubled quote stands for itself.
    private mutating func skipQuoted(_ quote: UInt8, backslashes: Bool) {
        index += 1
        while index < bytes.count {
            if backslashes, bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == quote {
                index += 1
                if peek() != quote { return }
                index += 1
            } else {
                index += 1
            }
        }
        index = bytes.count
    }
}

extension UInt8 {
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    /// A letter, an underscore, or any byte outside ASCII, as in PostgreSQL's scanner.
    var isWordStart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_") || self >= 0x80
    }
}
