internal import SQLSyntax

/// A check that needs no SQL of its author: `expect:` with a table and columns.
struct ShortForm {
    enum Expectation {
        case notNull
        case unique
        case acceptedValues([String])
        case references(table: TableName, columns: [String])
    }

    var expectation: Expectation
    var table: TableName
    var columns: [String]
    /// The columns that violations show besides: the user's and those of `key`.
    var shown: [String]
    /// With a fix of `unique`: of equal rows the one that is the first by these columns stays, and is no violation.
    var survivorKey: [String]?

    /// The query that finds what breaks the expectation.
    var find: String {
        switch expectation {
        case .notNull: select(where: columns.map { "\(quoted($0)) IS NULL" }.joined(separator: " OR "))
        case .unique: duplicates
        case .acceptedValues(let values):
            // NULL is neither accepted nor refused, as in a CHECK constraint.
            select(
                where: "\(quoted(columns[0])) NOT IN (\(values.map(SQLText.quoted(literal:)).joined(separator: ", ")))"
            )
        case .references(let parent, let parentColumns): strays(parent, parentColumns)
        }
    }

    /// The number of rows looked at.
    var scope: String {
        "SELECT count(*) FROM \(table.quoted)"
    }

    private func quoted(_ column: String) -> String {
        SQLText.quoted(identifier: column)
    }

    /// The columns of a violation, each once.
    private var output: [String] {
        shown.filter { !columns.contains($0) } + columns
    }

    private func list(_ columns: [String], of table: String? = nil) -> String {
        columns.map { column in table.map { "\($0).\(quoted(column))" } ?? quoted(column) }.joined(separator: ", ")
    }

    private func select(where condition: String) -> String {
        """
        SELECT \(list(output))
        FROM \(table.quoted)
        WHERE \(condition)
        """
    }

    /// Rows whose values stand more than once; as in a unique constraint, NULL is like no other value.
    private var duplicates: String {
        let present = columns.map { "\(quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
        let copies = ["copies", "number_of_copies"].first { !output.contains($0) } ?? "copies_of_the_row"
        if let survivorKey {
            return """
                SELECT \(list(output)), \(copies)
                FROM (
                    SELECT \(list(output)), count(*) OVER (PARTITION BY \(list(columns))) AS \(copies),
                        row_number() OVER (PARTITION BY \(list(columns)) ORDER BY \(list(survivorKey))) AS place_among_copies
                    FROM \(table.quoted)
                    WHERE \(present)
                ) AS counted
                WHERE place_among_copies > 1
                """
        }
        guard output.count > columns.count else {
            return """
                SELECT \(list(columns)), count(*) AS \(copies)
                FROM \(table.quoted)
                WHERE \(present)
                GROUP BY \(list(columns))
                HAVING count(*) > 1
                """
        }
        return """
            SELECT \(list(output)), \(copies)
            FROM (
                SELECT \(list(output)), count(*) OVER (PARTITION BY \(list(columns))) AS \(copies)
                FROM \(table.quoted)
                WHERE \(present)
            ) AS counted
            WHERE \(copies) > 1
            """
    }

    /// Rows that point to no row of the other table; as in a foreign key, one with a NULL points nowhere.
    private func strays(_ parent: TableName, _ parentColumns: [String]) -> String {
        let present = columns.map { "child.\(quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
        let same = zip(columns, parentColumns).map { "parent.\(quoted($1)) = child.\(quoted($0))" }
        return """
            SELECT \(list(output, of: "child"))
            FROM \(table.quoted) AS child
            WHERE \(present)
              AND NOT EXISTS (SELECT 1 FROM \(parent.quoted) AS parent WHERE \(same.joined(separator: " AND ")))
            """
    }
}
