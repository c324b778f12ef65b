/// Something wrong, or advice, about one place of a suite's files; describes itself as a compiler does.
package struct SuiteMistake: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case error, warning
        /// Something to know, with which nothing is wrong.
        case note
        /// PostgreSQL 15's grammar refuses a statement; a newer server may take it.
        case grammar
    }

    package var kind: Kind
    /// The file or folder, as the user would type its path.
    package var path: String
    /// Nil for what concerns the file as a whole; lines and columns count from 1, columns in characters.
    package var spot: Spot?
    package var message: String
    /// A known name close to an unknown one.
    package var suggestion: String?

    /// A person must act on it, as far as can be said without a server.
    package var isMistake: Bool { kind == .error || kind == .grammar }

    package init(_ kind: Kind = .error, path: String, spot: Spot? = nil, message: String, suggestion: String? = nil) {
        self.kind = kind
        self.path = path
        self.spot = spot
        self.message = message
        self.suggestion = suggestion
    }

    /// A stretch of one line.
    package struct Spot: Hashable, Sendable {
        package var line: Int
        package var column: Int
        /// Characters to underline, at least 1.
        package var length: Int
        /// The line's text.
        package var source: String

        package init(line: Int, column: Int, length: Int = 1, source: String) {
            self.line = line
            self.column = column
            self.length = length
            self.source = source
        }
    }
}
