import Testing

/// Rows in, violations out.
struct Scenario: CustomTestStringConvertible {
    let name: String
    let sql: [String]
    /// What the check finds, sorted.
    let found: [String]

    var testDescription: String { name }

    init(_ name: String, _ sql: String..., finds found: [String] = []) {
        self.name = name
        self.sql = sql
        self.found = found
    }

    /// Loads the rows and compares one column of what the check finds.
    func expect(of check: String, _ column: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await BroadcastDatabase.with(loading: [Platform.unguarded] + sql) { database in
            let violations = try await database.violations(of: check, column)
            #expect(violations == found, sourceLocation: sourceLocation)
        }
    }
}
