import TestSupport
import Testing

@testable import AuditEngine

/// What is made of an image here is what the server makes of it, which is asked only after a lost commit.
struct InsertedValuesTests {
    @Test(arguments: [
        #"{}"#, #"{"a": null}"#, #"{"a": 1, "b": null, "c": "x"}"#, #"{"a": "}, \"b\": [null"}"#,
        #"{"a": [1, {"b": ","}, null], "c": {}}"#,
        #"{"a\"b": "\\", "é\n": "null", "x": false}"#, #"{"z": "", "aa": [], "b": -1.50e-7}"#,
    ])
    func areThoseOfTheServer(image: String) async throws {
        let conninfo = try await TestCluster.conninfo()
        let quoted = image.replacing("'", with: "''")
        let printed = try #require(try await value("SELECT '\(quoted)'::jsonb", at: conninfo))
        let expected = try await value(
            "SELECT \(RepairStatement.Operation.insert.changes) FROM (SELECT '\(quoted)'::jsonb AS after) AS journal",
            at: conninfo
        )
        let changes = Array(printed.utf8).withUnsafeBytes { InsertedValues.changes(of: $0) }
        #expect(changes.map { String(decoding: $0, as: UTF8.self) } == expected)
    }
}
