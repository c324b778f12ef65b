/// What a statement takes and returns, as the server sees it before running it.
package struct StatementShape: Sendable, Equatable {
    /// A type by its object id, and by the name that SQL has for it, such as `numeric(10,2)`.
    package struct TypeName: Sendable, Equatable {
        package var type: UInt32
        package var name: String
    }

    package struct Column: Sendable, Equatable {
        package var name: String
        package var type: UInt32
        package var typeName: String
    }

    /// The types of `$1`, `$2` …, as the server inferred them.
    package var parameters: [TypeName]
    /// Empty for a statement that returns no rows.
    package var columns: [Column]
}
