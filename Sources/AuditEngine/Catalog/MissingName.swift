import Postgres
import SQLSyntax

/// A table or column that a statement names and the database does not have.
struct MissingName: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case table
        /// Of the tables that the statement reads.
        case column(of: [TableName])
    }

    var kind: Kind
    /// As PostgreSQL reads the name: schema and table, or table and column, or one part.
    var parts: [String]
    /// The server's own advice.
    var hint: String?

    /// - Parameters:
    ///   - text: the statement with its parameters numbered.
    ///   - offset: where in it the server found the mistake, in bytes.
    init?(_ error: PostgresError, in text: String, at offset: Int) {
        parts = SQLText.name(at: offset, in: text)
        hint = error.hint
        guard !parts.isEmpty else { return nil }
        let statement = try? ParsedSQL(text).statements.first
        switch error.sqlState?.rawValue {
        case SQLState.undefinedTable.rawValue:
            // At other places the server misses an alias, and says what it is like.
            if let statement, !statement.tableUses.contains(where: { $0.offset == offset }) { return nil }
            kind = .table
        case SQLState.undefinedColumn.rawValue: kind = .column(of: statement?.tables ?? [])
        default: return nil
        }
    }

    init(table name: TableName) {
        kind = .table
        parts = [name.schema, name.name].compactMap(\.self)
    }
}
