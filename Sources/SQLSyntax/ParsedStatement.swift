/// One statement of a parsed text; places are bytes of the text's UTF-8 from 0.
package struct ParsedStatement: Sendable, Equatable {
    package var kind: Kind
    /// Without blanks and comments before it, and without the semicolon.
    package var range: Range<Int>
    /// The tables it names, read or written, without those of `WITH` clauses in scope; in the order of the text, each
    /// use with its place.
    package var tableUses: [Use<TableName>]
    /// The targets of `INSERT`, `UPDATE`, `DELETE` and `MERGE`, also in `WITH` clauses, and of `SELECT INTO`.
    package var writtenTables: [Use<TableName>]
    /// The functions it calls by name; operators and types can call more.
    package var functions: [Use<FunctionName>]
    /// Its `$1` parameters, each use with what stands around it.
    package var parameterUses: [ParameterUse]
    /// Where it divides: the place of each `/` and `%`.
    package var divisions: [Int]
    /// The columns that a `SELECT` returns; nil for other statements.
    package var output: [OutputColumn]?
    /// What the statement itself writes, without its `WITH` clauses; nil when it only reads.
    package var target: Target?
    /// Why it is not a plain `SELECT`; nil when it is one.
    package var plainSelectObstacle: Obstacle?

    package enum Kind: Sendable, Equatable {
        /// Also `VALUES` and `TABLE`.
        case select
        case insert, update, delete, merge
        /// Any other, by the first word in capitals, such as `EXPLAIN`.
        case other(String)
    }

    package struct Use<Value: Sendable & Equatable>: Sendable, Equatable {
        package var value: Value
        package var offset: Int
    }

    /// The table that an `INSERT`, `UPDATE` or `DELETE` writes, and how.
    package struct Target: Sendable, Equatable {
        package var table: TableName
        /// The name by which the statement's other clauses know the table.
        package var alias: String?
        /// It says `ONLY`: the tables that inherit from it are left out.
        package var isOnly: Bool
        /// The columns that an `UPDATE` sets.
        package var assignedColumns: Set<String> = []
        /// Where what it returns begins; nil without a `RETURNING` clause.
        package var returningOffset: Int?
        /// It has `ON CONFLICT … DO UPDATE`.
        package var updatesOnConflict: Bool
        /// Where its `ON CONFLICT` clause begins.
        package var conflictOffset: Int?

        /// It has a `RETURNING` clause.
        package var returns: Bool { returningOffset != nil }

        /// The name to use in a `RETURNING` clause, in quotes.
        package var reference: String { SQLText.quoted(identifier: alias ?? table.name) }
    }

    /// A column of a select list.
    package struct OutputColumn: Sendable, Equatable {
        /// Nil for one whose name only the server knows.
        package var name: String?
        /// The column that it shows, without its table; nil for an expression.
        package var source: String?
        package var offset: Int
    }

    package struct FunctionName: Sendable, Equatable {
        package var schema: String?
        package var name: String
    }

    /// What keeps a statement from being a plain `SELECT`.
    package struct Obstacle: Sendable, Equatable {
        /// Such as `a DELETE in a WITH clause`, `FOR UPDATE` or `an EXPLAIN`.
        package var reason: String
        package var offset: Int?
    }

    /// The tables it names, without the places.
    package var tables: [TableName] { tableUses.map(\.value) }

    /// The numbers of its `$1` parameters.
    package var parameters: Set<Int> { Set(parameterUses.map(\.number)) }

    /// The names of the columns that a `SELECT` returns; nil for one whose name only the server knows.
    package var outputColumns: [String?]? { output?.map(\.name) }
}

extension ParsedStatement.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .select: "SELECT"
        case .insert: "INSERT"
        case .update: "UPDATE"
        case .delete: "DELETE"
        case .merge: "MERGE"
        case .other(let word): word
        }
    }

    /// With its article, such as `an INSERT`.
    package var withArticle: String {
        let word = description
        return (word.first.map { "AEIOU".contains($0) } == true ? "an " : "a ") + word
    }
}
