import Postgres
import SQLSyntax
import Wording

/// Looks into the database's catalog for the name that somebody most likely meant.
struct CatalogAdvice: Sendable {
    /// How names are to be written where the advice is followed.
    enum Notation: Sendable {
        /// In a statement: in quotes where they need them.
        case sql
        /// In the front matter: exact, without quotes.
        case plain
    }

    let missing: MissingName
    var notation = Notation.sql

    /// So many names at most are compared.
    static let limit = 20_000

    /// One sentence; nil when nothing in the catalog is like the name.
    func sentence(on connection: borrowing Connection) throws(PostgresError) -> String? {
        guard let wanted = missing.parts.last else { return nil }
        switch missing.kind {
        case .table(let commonTables):
            if missing.parts.count == 1, let nearest = NearestName.of(wanted, among: commonTables) {
                return "Did you mean \(written(nearest))?"
            }
            return try table(wanted, on: connection)
        case .column(let tables): return try column(wanted, of: tables, on: connection)
        case .alias(let known): return alias(wanted, among: known)
        case .function: return try function(wanted, on: connection)
        case .type: return try type(wanted, on: connection)
        case .label: return try label(wanted, on: connection)
        }
    }

    /// The first values of a query's rows.
    func names(_ sql: String, _ parameters: [String?] = [], on connection: borrowing Connection)
        throws(PostgresError) -> [String]
    {
        try connection.query("/* assay: catalog */ \(sql) LIMIT \(Self.limit)", parameters).rows.compactMap {
            $0.first.flatMap(\.self)
        }
    }

    func written(_ name: String) -> String {
        notation == .sql ? SQLText.quoted(identifier: name) : name
    }

    private func alias(_ wanted: String, among known: [String]) -> String? {
        if let nearest = NearestName.of(wanted, among: known) { return "Did you mean \(written(nearest))?" }
        guard !known.isEmpty else { return nil }
        return "The query reads \(known.prefix(5).map(written).joined(separator: ", "))"
    }

    private func column(_ wanted: String, of tables: [TableName], on connection: borrowing Connection)
        throws(PostgresError) -> String?
    {
        if tables.isEmpty, missing.readsRoleAsTable { return try roleAsTable(on: connection) }
        let elements = tables.map { table in
            "\"" + table.quoted.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        let columns = try names(
            """
            SELECT DISTINCT a.attname
            FROM pg_catalog.unnest($1::text[]) AS named (name)
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = pg_catalog.to_regclass(named.name)
            WHERE a.attnum > 0 AND NOT a.attisdropped
            ORDER BY 1
            """,
            ["{\(elements.joined(separator: ","))}"],
            on: connection
        )
        if let same = columns.first(where: { $0.lowercased() == wanted.lowercased() }) {
            return "There is a column \(written(same)): write it so"
        }
        if let nearest = NearestName.of(wanted, among: columns) { return "Did you mean \(written(nearest))?" }
        return missing.isQuoted && missing.parts.count == 1
            ? "Double quotes are for names; a text stands in single ones: \(SQLText.quoted(literal: wanted))" : nil
    }

    /// `FROM user` is the commonest way to a table `User`, and reads something else.
    private func roleAsTable(on connection: borrowing Connection) throws(PostgresError) -> String? {
        let advice = CatalogAdvice(missing: MissingName(table: TableName(name: "user")), notation: notation)
        let reason = "FROM user without quotes reads the name of the connected role"
        return try advice.table("user", on: connection).map { "\(reason). \($0)" } ?? reason
    }
}
