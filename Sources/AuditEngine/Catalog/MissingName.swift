import Postgres
import SQLSyntax

/// A name in a statement that the database does not have.
struct MissingName: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// The names of the statement's `WITH` clauses could be meant, too.
        case table(commonTables: [String])
        /// Of the tables that the statement reads.
        case column(of: [TableName])
        /// What the statement calls a table that it reads.
        case alias(among: [String])
        case function
        case type
        /// A value of an enumeration.
        case label
    }

    var kind: Kind
    /// As PostgreSQL reads the name: schema and table, or table and column, or one part.
    var parts: [String]
    /// It stands in double quotes.
    var isQuoted = false
    /// The statement reads the name of the connected role as a table.
    var readsRoleAsTable = false
    /// The server's own advice.
    var hint: String?

    /// - Parameters:
    ///   - text: the statement with its parameters numbered.
    ///   - offset: where in it the server found the mistake, in bytes.
    init?(_ error: PostgresError, in text: String, at offset: Int) {
        hint = error.hint
        if error.sourceFunction == "enum_in", let label = SQLText.string(at: offset, in: text) {
            kind = .label
            parts = [label]
            return
        }
        parts = SQLText.name(at: offset, in: text)
        isQuoted = SQLText.isQuotedName(at: offset, in: text)
        readsRoleAsTable = SQLText.roleAsTable(in: text) != nil
        guard !parts.isEmpty else { return nil }
        let statement = try? ParsedSQL(text).statements.first
        switch error.sqlState {
        case .undefinedTable?:
            // At other places the server misses an alias, and may say what it is like.
            if let statement, !statement.tableUses.contains(where: { $0.offset == offset }) {
                guard hint == nil else { return nil }
                kind = .alias(among: statement.aliases + statement.tables.map(\.name))
                parts = Array(parts.prefix(1))
            } else {
                kind = .table(commonTables: statement?.commonTables ?? [])
            }
        case .undefinedColumn?: kind = .column(of: statement?.tables ?? [])
        case .undefinedFunction? where Self.isCall(offset, parts, statement): kind = .function
        case .undefinedObject?: kind = .type
        default: return nil
        }
    }

    init(table name: TableName) {
        kind = .table(commonTables: [])
        parts = [name.schema, name.name].compactMap(\.self)
    }

    /// An operator is undefined by the same code.
    private static func isCall(_ offset: Int, _ parts: [String], _ statement: ParsedStatement?) -> Bool {
        statement?.functions.contains { $0.offset == offset && $0.value.name == parts.last } ?? false
    }
}
