/// A column of a result.
package struct Column: Sendable, Equatable {
    package var name: String
    /// The object id of the column's type in `pg_type`.
    package var type: UInt32

    package init(name: String, type: UInt32) {
        self.name = name
        self.type = type
    }
}
