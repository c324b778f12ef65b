internal import CLibPQ

/// What a person names a database by: a bare name, a conninfo string, or a URL.
package enum ConnectionAddress {
    /// The address without passwords and the like, and whether it had any; nil when libpq does not understand it.
    package static func withoutSecrets(_ text: String) -> (text: String, hadSecrets: Bool)? {
        let text = trimmed(text)
        guard !isBareName(text) else { return (text, false) }
        guard let options = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(options) }
        let values = given(options)
        // libpq marks so what a program should hide while it is typed.
        guard values.contains(where: \.isSecret) else { return (text, false) }
        let rest = values.filter { !$0.isSecret }.map { "\($0.keyword)=\(quoted($0.value))" }
        return (rest.joined(separator: " "), true)
    }

    /// Reads what the text itself says, without the environment's part.
    static func values(of text: String) throws(PostgresError) -> [String: String] {
        let text = trimmed(text)
        if let mistake = mistake(in: text) { throw invalid(mistake) }
        if isBareName(text) { return ["dbname": text] }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            // libpq quotes what it did not understand, which may be a part of a password.
            let reason = PostgresError.oneLine(message.map { String(cString: $0) } ?? "out of memory")
            throw invalid(PostgresError.masked(reason.replacing("\"=\"", with: "=")))
        }
        defer { PQconninfoFree(options) }
        return Dictionary(given(options).map { ($0.keyword, $0.value) }) { $1 }
    }

    /// psql and pg_dump take so, too, what has no sign of a conninfo string or URL.
    private static func isBareName(_ text: String) -> Bool {
        !text.isEmpty && !text.contains("=") && !text.contains("://")
    }

    private static func mistake(in text: String) -> String? {
        if let scheme = text.prefixMatch(of: /([A-Za-z][A-Za-z0-9+.:\-]*):\/\//).map({ String($0.1) }) {
            guard scheme == "postgresql" || scheme == "postgres" else { return ConnectionURL.foreign(scheme) }
            return ConnectionURL(text.dropFirst(scheme.count + 3)).mistake
        }
        if isBareName(text) {
            // It may be a URL with its password, or a path: nothing of it is repeated.
            return text.contains("@") || text.contains("/")
                ? "this is neither a database's name nor a conninfo string; a URL is written "
                    + "postgresql://USER@HOST/DATABASE"
                : nil
        }
        return ConninfoWords(text).mistake
    }

    private static func given(
        _ options: UnsafeMutablePointer<PQconninfoOption>
    ) -> [(keyword: String, value: String, isSecret: Bool)] {
        var values: [(keyword: String, value: String, isSecret: Bool)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                let isSecret = option.pointee.dispchar.map { $0.pointee == CChar(UInt8(ascii: "*")) } ?? false
                values.append((String(cString: keyword), String(cString: value), isSecret))
            }
            option += 1
        }
        return values
    }

    /// The names that libpq has for its settings.
    static var keywords: [String] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        var names: [String] = []
        var option = options
        while let keyword = option.pointee.keyword {
            names.append(String(cString: keyword))
            option += 1
        }
        return names
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    private static func quoted(_ value: String) -> String {
        if value.wholeMatch(of: /[A-Za-z0-9_.:\/,+\-]+/) != nil { return value }
        return "'" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    private static func invalid(_ message: String) -> PostgresError {
        PostgresError(stage: .connect, kind: .settings, message: "the connection's address is not valid: \(message)")
    }
}
