/// A conninfo string, `host=db dbname=shop`, taken apart as libpq does it, to name what it does not know.
struct ConninfoWords {
    private enum Word {
        case setting(name: String)
        /// Nothing that gives it a value.
        case alone(String)
        case openQuote(name: String)
    }

    private let words: [Word]

    init(_ text: String) {
        var words: [Word] = []
        var rest = Substring(text)
        func skipBlanks() { rest = rest.drop { $0.isWhitespace } }
        skipBlanks()
        while !rest.isEmpty {
            let name = String(rest.prefix { $0 != "=" && !$0.isWhitespace })
            rest = rest.dropFirst(name.count)
            skipBlanks()
            guard rest.first == "=" else {
                words.append(.alone(name))
                continue
            }
            rest = rest.dropFirst()
            skipBlanks()
            words.append(Self.skipValue(&rest) ? .setting(name: name) : .openQuote(name: name))
            skipBlanks()
        }
        self.words = words
    }

    /// False when the value's quotation mark is not closed.
    private static func skipValue(_ rest: inout Substring) -> Bool {
        let isQuoted = rest.first == "'"
        if isQuoted { rest = rest.dropFirst() }
        while let character = rest.first {
            if isQuoted ? character == "'" : character.isWhitespace { break }
            rest = rest.dropFirst(character == "\\" ? 2 : 1)
        }
        guard isQuoted else { return true }
        defer { rest = rest.dropFirst() }
        return !rest.isEmpty
    }

    /// What is wrong; names a keyword, and never what may be a value.
    var mistake: String? {
        let known = ConnectionAddress.keywords
        var hasPassword = false
        for word in words {
            switch word {
            case .setting(let name), .openQuote(let name):
                guard known.contains(name) else { return unknown(name, known, mayBeSecret: hasPassword) }
                if case .openQuote = word { return "the quotation mark of '\(name)' is not closed" }
                hasPassword = hasPassword || name.contains("password")
            case .alone(let text):
                // It may be what follows a blank in a password.
                let name = known.contains(text) ? text : Spelling.nearest(to: text, among: known)
                return name.map { "'\($0)' has no value; write \($0)=…" }
                    ?? "a word stands without =; a value with a blank is written in quotation marks: user='ann lee'"
            }
        }
        return nil
    }

    private func unknown(_ name: String, _ known: [String], mayBeSecret: Bool) -> String {
        if let nearest = Spelling.nearest(to: name, among: known) {
            return "libpq has no setting '\(name)'; did you mean '\(nearest)'?"
        }
        if mayBeSecret { return "a password with a blank or an = is written in quotation marks: password='…'" }
        return "libpq has no setting '\(name)'; the usual ones are host, port, dbname, user, service and sslmode"
    }
}
