/// A statement that reads from a query as from a table: `WITH name AS (query) statement`.
package struct CommonTable: Sendable, Equatable {
    /// The whole, with `:name` parameters still in it, so that they are numbered once.
    package let text: String
    private let query: Piece
    /// One piece, or two when the statement itself begins with `WITH`.
    private let statement: [Piece]

    /// A stretch of the whole that was copied from one of the parts.
    private struct Piece: Equatable {
        var start: Int
        var original: Range<Int>

        /// The end of the piece belongs to it, since errors at the end of input are placed there.
        func original(_ offset: Int) -> Int? {
            guard offset >= start, offset <= start + original.count else { return nil }
            return original.lowerBound + offset - start
        }
    }

    /// Which part a place of the whole belongs to, in bytes.
    package enum Origin: Sendable, Equatable {
        case query(Int), statement(Int)
    }

    package init(_ name: String, as query: String, for statement: String) {
        let splice = Self.afterWith(statement)
        let bytes = Array(statement.utf8)
        var text = splice == 0 ? "WITH" : String(decoding: bytes[..<splice], as: UTF8.self)
        text += " \(SQLText.quoted(identifier: name)) AS (\n"
        self.query = Piece(start: text.utf8.count, original: 0..<query.utf8.count)
        // On a line of its own, so that a comment at the query's end does not swallow the parenthesis.
        text += query + "\n)"
        text += splice == 0 ? "\n" : ","
        let tail = Piece(start: text.utf8.count, original: splice..<bytes.count)
        self.statement = (splice == 0 ? [] : [Piece(start: 0, original: 0..<splice)]) + [tail]
        self.text = text + String(decoding: bytes[splice...], as: UTF8.self)
    }

    /// Nil for what neither part wrote.
    package func origin(of offset: Int) -> Origin? {
        if let place = query.original(offset) { return .query(place) }
        return statement.lazy.compactMap { $0.original(offset) }.first.map(Origin.statement)
    }

    /// The offset after a leading `WITH` or `WITH RECURSIVE`; 0 without.
    private static func afterWith(_ statement: String) -> Int {
        let bytes = Array(statement.utf8)
        let tokens = SQLLexer.tokens(statement).filter { $0.kind != .space && $0.kind != .comment }.prefix(2)
        func isWord(_ token: SQLLexer.Token?, _ word: String) -> Bool {
            guard let token, token.kind == .word else { return false }
            return String(decoding: bytes[token.range], as: UTF8.self).lowercased() == word
        }
        guard let with = tokens.first, isWord(with, "with") else { return 0 }
        guard let next = tokens.dropFirst().first, isWord(next, "recursive") else { return with.range.upperBound }
        return next.range.upperBound
    }
}
