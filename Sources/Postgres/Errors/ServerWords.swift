/// The words of a server's error, without what may be a value of somebody's row.
///
/// One rule for all that is printed, logged or written: values are the business of findings, not of messages.
struct ServerWords {
    let message: String
    let detail: String?
    let hint: String?

    init(_ state: SQLState?, message: String, detail: String?, hint: String?) {
        let subject = Subject(state)
        self.message = subject == .statement || subject == .constraint ? message : PostgresError.masked(message)
        // Details quote the row at hand, and a function's own hint may.
        self.detail = subject == .statement ? detail : nil
        self.hint = subject == .raised ? nil : hint
    }

    /// What the server speaks of.
    private enum Subject {
        /// The statement, or the server itself: names only.
        case statement
        /// A broken constraint: names in the message, the row in the detail.
        case constraint
        /// A value that an expression cannot take.
        case value
        /// A message that a function of the database raises, with whatever its author put in.
        case raised

        init(_ state: SQLState?) {
            switch state?.errorClass {
            case "22", "21": self = .value
            case "23", "44", "27": self = .constraint
            case let other? where Self.ofStatements.contains(other): self = .statement
            case nil: self = .statement
            default: self = .raised
            }
        }

        /// The classes of PostgreSQL's own codes that tell of no row.
        private static let ofStatements: Set<String> = [
            "00", "01", "02", "03", "08", "0A", "0B", "0L", "0P", "20", "24", "25", "26", "28", "2B", "2D", "2F", "34",
            "3B", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "72", "F0", "XX",
        ]
    }
}

extension PostgresError {
    /// Blots out what may be a value: all that stands in quotation marks, of any language, and behind a colon.
    static func masked(_ message: String) -> String {
        let marks: Set<Character> = ["\"", "«", "»", "„", "“", "”", "‚", "‘", "’", "「", "」", "『", "』"]
        let colons: Set<Character> = [":", "："]
        guard let first = message.firstIndex(where: { marks.contains($0) || colons.contains($0) }) else {
            return message
        }
        let head = message[..<first]
        guard marks.contains(message[first]), let last = message.lastIndex(where: marks.contains) else {
            let rest = message[message.index(after: first)...]
            guard rest.contains(where: { !$0.isWhitespace }) else { return message }
            return "\(head): \"…\""
        }
        let tail = message[message.index(after: last)...]
        let end = tail.firstIndex(where: colons.contains).map { "\(tail[..<$0]): …" } ?? String(tail)
        return "\(head)\"…\"\(end)"
    }

    /// Whether libpq's message holds one of the server's: only that has its severity before two blanks, in any language.
    static func isFromServer(_ message: String) -> Bool { message.contains(":  ") }
}
