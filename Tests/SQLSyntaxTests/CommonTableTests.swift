import SQLSyntax
import Testing

struct CommonTableTests {
    @Test(arguments: [
        ("DELETE FROM b USING violations", "WITH violations AS (\nSELECT 1 -- all\n)\nDELETE FROM b USING violations"),
        (
            "-- note\nwith x AS (SELECT 2) DELETE FROM b USING x",
            "-- note\nwith violations AS (\nSELECT 1 -- all\n), x AS (SELECT 2) DELETE FROM b USING x"
        ),
        (
            "WITH /* r */ RECURSIVE x AS (SELECT 2) DELETE FROM b USING x",
            "WITH /* r */ RECURSIVE violations AS (\nSELECT 1 -- all\n), x AS (SELECT 2) DELETE FROM b USING x"
        ),
    ])
    func composes(statement: String, whole: String) throws {
        let table = CommonTable("violations", as: "SELECT 1 -- all", for: statement)
        #expect(table.text == whole)
        let parsed = try ParsedSQL(table.text)
        #expect(parsed.statements.map(\.kind) == [.delete])
        #expect(parsed.tables == [TableName(name: "b")])
    }

    @Test(arguments: ["UPDATE b SET x = 1 FROM violations", "WITH y AS (SELECT 1) UPDATE b SET x = 1 FROM violations"])
    func placesComeBack(statement: String) {
        let query = "SELECT é FROM t"
        let table = CommonTable("violations", as: query, for: statement)
        let bytes = Array(table.text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch table.origin(of: index) {
            case .query(let offset):
                if offset < query.utf8.count { #expect(Array(query.utf8)[offset] == byte) }
            case .statement(let offset):
                if offset < statement.utf8.count, index != 4 { #expect(Array(statement.utf8)[offset] == byte) }
            case nil: break
            }
        }
        #expect(table.origin(of: bytes.count) == .statement(statement.utf8.count))
        let places = bytes.indices.map { table.origin(of: $0) }
        #expect((0..<query.utf8.count).allSatisfy { places.contains(.query($0)) })
        #expect((0..<statement.utf8.count).allSatisfy { places.contains(.statement($0)) })
    }
}
