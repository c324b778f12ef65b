/// Gathers the mistakes of all files, so that one pass shows them all.
struct MistakeLog {
    private(set) var mistakes: [SuiteMistake] = []
    /// Statements that PostgreSQL 15's grammar refuses, and a newer server may take.
    private(set) var unread: [UnreadStatement] = []

    var hasErrors: Bool { mistakes.contains { $0.kind == .error } }

    /// By path, then place; mistakes about a whole file first.
    var sorted: [SuiteMistake] {
        mistakes.enumerated().sorted { a, b in
            let left = (a.element.path, a.element.spot?.line ?? 0, a.element.spot?.column ?? 0, a.offset)
            return left < (b.element.path, b.element.spot?.line ?? 0, b.element.spot?.column ?? 0, b.offset)
        }
        .map(\.element)
    }

    mutating func add(_ mistake: SuiteMistake) {
        mistakes.append(mistake)
    }

    mutating func error(_ path: String, _ spot: SuiteMistake.Spot?, _ message: String, suggestion: String? = nil) {
        mistakes.append(SuiteMistake(path: path, spot: spot, message: message, suggestion: suggestion))
    }

    mutating func note(_ path: String, _ spot: SuiteMistake.Spot?, _ message: String) {
        mistakes.append(SuiteMistake(.note, path: path, spot: spot, message: message))
    }

    mutating func leave(_ unread: UnreadStatement) {
        self.unread.append(unread)
        mistakes.append(unread.mistake)
    }

    mutating func warning(_ path: String, _ spot: SuiteMistake.Spot?, _ message: String) {
        mistakes.append(SuiteMistake(.warning, path: path, spot: spot, message: message))
    }
}
