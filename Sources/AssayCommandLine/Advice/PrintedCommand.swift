/// A command line as people are told to type it.
enum PrintedCommand {
    /// The words, each quoted where a shell would take it apart.
    static func line(_ words: [String]) -> String {
        words.map(quoted).joined(separator: " ")
    }

    /// A word that every POSIX shell reads as it is; with invisible characters, one that bash, zsh and ksh read.
    static func quoted(_ word: String) -> String {
        if word.wholeMatch(of: /[A-Za-z0-9_.,:\/@%+=\-]+/) != nil { return word }
        guard word.unicodeScalars.contains(where: isInvisible) else {
            return "'" + word.replacing("'", with: #"'\''"#) + "'"
        }
        let escaped = word.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": #"\\"#
            case "'": #"\'"#
            case _ where isInvisible(scalar):
                String(scalar).utf8.map { #"\x"# + String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
            default: String(scalar)
            }
        }
        return "$'" + escaped.joined() + "'"
    }

    /// The same of a word that need not be UTF-8, as in a database in SQL_ASCII.
    static func quoted(bytes: [UInt8]) -> String {
        if let word = String(validating: bytes, as: UTF8.self) { return quoted(word) }
        return "$'" + bytes.map { #"\x"# + String(Int($0) + 0x100, radix: 16).dropFirst() }.joined() + "'"
    }

    /// A terminal would act on it, or a reader not see it.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar != " " && String(scalar).visible != String(scalar)
    }
}
