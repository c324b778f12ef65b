/// A command line as people are told to type it.
enum PrintedCommand {
    /// The words, each quoted where a shell would take it apart.
    static func line(_ words: [String]) -> String {
        words.map(quoted).joined(separator: " ")
    }

    /// A word that every POSIX shell reads as it is; with control characters, one that bash, zsh and ksh read.
    static func quoted(_ word: String) -> String {
        if word.wholeMatch(of: /[A-Za-z0-9_.,:\/@%+=\-]+/) != nil { return word }
        guard word.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return "'" + word.replacing("'", with: #"'\''"#) + "'"
        }
        let escaped = word.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": #"\\"#
            case "'": #"\'"#
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                #"\x"# + String(scalar.value + 0x100, radix: 16).dropFirst()
            default: String(scalar)
            }
        }
        return "$'" + escaped.joined() + "'"
    }
}
