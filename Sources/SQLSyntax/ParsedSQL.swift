internal import CPgQuery
internal import Glibc

/// A text as PostgreSQL's own parser reads it (libpg_query, the grammar of PostgreSQL 15).
///
/// It cannot see into functions, views and rules: only the transaction in which a statement runs can keep it from
/// writing.
package struct ParsedSQL: Sendable {
    /// In the order of the text; empty for a text of blanks and comments.
    package let statements: [ParsedStatement]

    /// - Throws: what the parser says of a text that it rejects.
    package init(_ text: String) throws(SQLSyntaxError) {
        if text.utf8.contains(0) {
            let offset = Array(text.utf8).firstIndex(of: 0)
            throw SQLSyntaxError(message: "the text holds a NUL character", offset: offset)
        }
        guard text.utf8.count <= ParserThread.textLimit else {
            throw SQLSyntaxError(message: "the text is longer than \(ParserThread.textLimit) bytes", offset: nil)
        }
        guard let result = ParserThread.parse(text) else {
            throw SQLSyntaxError(message: "the system has no thread left for the parser", offset: nil)
        }
        defer { pg_query_free_parse_result(result) }
        if let error = result.error?.pointee {
            throw SQLSyntaxError(
                message: error.message.map { String(cString: $0) } ?? "the parser gives no reason",
                offset: error.cursorpos > 0
                    ? TextPosition.utf8Offset(ofServerPosition: Int(error.cursorpos), in: text) : nil
            )
        }
        guard let json = result.parse_tree else {
            throw SQLSyntaxError(message: "the parser returns nothing", offset: nil)
        }
        let tree = ParseTree(json: UnsafeRawBufferPointer(start: json, count: strlen(json)))
        statements =
            tree.descendant(0, "stmts").map { list in
                tree.children(of: list).map { ParsedStatement(tree, at: $0, of: text) }
            } ?? []
    }

    /// The tables that any statement names, without those of its `WITH` clauses; each once.
    package var tables: [TableName] {
        statements.flatMap(\.tables).unique()
    }

    /// Why the text is not one plain `SELECT`; nil when it is one.
    package var plainSelectObstacle: ParsedStatement.Obstacle? {
        guard let first = statements.first else { return ParsedStatement.Obstacle(reason: "no statement", offset: nil) }
        if let obstacle = first.plainSelectObstacle { return obstacle }
        guard statements.count > 1 else { return nil }
        return ParsedStatement.Obstacle(
            reason: "\(statements.count) statements",
            offset: statements[1].range.lowerBound
        )
    }

    /// One statement that only reads: `SELECT`, `VALUES` or `TABLE`, nothing of which writes, locks or creates.
    package var isPlainSelect: Bool { plainSelectObstacle == nil }
}

extension [TableName] {
    fileprivate func unique() -> [TableName] {
        var seen: Set<TableName> = []
        return filter { seen.insert($0).inserted }
    }
}
