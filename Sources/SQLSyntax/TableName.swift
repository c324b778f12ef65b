/// A table as a statement names it; names are exact, case and all.
package struct TableName: Hashable, Sendable, CustomStringConvertible {
    package var schema: String?
    package var name: String

    package init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    /// Reads `name` or `schema.name`; nil when a part is empty or there are more than two.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, !parts.contains(where: \.isEmpty), let name = parts.last else { return nil }
        self.init(schema: parts.count == 2 ? parts[0] : nil, name: name)
    }

    package var description: String {
        schema.map { "\($0).\(name)" } ?? name
    }

    /// The name as SQL, with quotes where they are needed.
    package var quoted: String {
        let name = SQLText.quoted(identifier: name)
        return schema.map { "\(SQLText.quoted(identifier: $0)).\(name)" } ?? name
    }

    /// Whether two names can mean the same table: a schema that only one of them gives does not tell them apart.
    package func matches(_ other: TableName) -> Bool {
        name == other.name && (schema == nil || other.schema == nil || schema == other.schema)
    }
}
