import SQLSyntax
import Testing

struct SQLTextTests {
    @Test(arguments: [
        ("SELECT 1", "SELECT 1"), ("SELECT 1;", "SELECT 1"), ("SELECT 1 ; ; -- end;\n", "SELECT 1   -- end;\n"),
        ("SELECT ';'", "SELECT ';'"), ("SELECT 1; SELECT 2;", "SELECT 1; SELECT 2"), (";", ""), ("", ""),
    ])
    func closingSemicolons(text: String, without: String) {
        #expect(SQLText.withoutClosingSemicolons(text) == without)
    }

    @Test(arguments: [
        ("client_id", "client_id"), ("Client", "\"Client\""), ("user", "\"user\""), ("order", "\"order\""),
        ("a\"b", "\"a\"\"b\""), ("1a", "\"1a\""), ("", "\"\""), ("é", "\"é\""), ("a b", "\"a b\""), ("name", "name"),
        ("current_date", "\"current_date\""), ("x; drop", "\"x; drop\""),
    ])
    func identifiers(name: String, quoted: String) {
        #expect(SQLText.quoted(identifier: name) == quoted)
    }

    @Test(arguments: [("a", "'a'"), ("it's", "'it''s'"), ("a\\'b", " E'a\\\\''b'"), ("", "''")])
    func literals(text: String, quoted: String) {
        #expect(SQLText.quoted(literal: text) == quoted)
    }

    @Test func tableNames() {
        #expect(TableName("a")?.quoted == "a")
        #expect(TableName("S.b") == TableName(schema: "S", name: "b"))
        #expect(TableName("S.b")?.quoted == "\"S\".b")
        for wrong in ["", ".", "a.", ".a", "a.b.c"] { #expect(TableName(wrong) == nil) }
        #expect(TableName(name: "a").matches(TableName(schema: "s", name: "a")))
        #expect(!TableName(schema: "r", name: "a").matches(TableName(schema: "s", name: "a")))
    }

    @Test(arguments: [
        ("abc", 0, 1, 1), ("abc", 3, 1, 4), ("a\nbc", 3, 2, 2), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("éx", 2, 1, 2),
        ("👩‍👩‍👧x", 4, 1, 1), ("👩‍👩‍👧x", 18, 1, 2), ("", 5, 1, 1),
    ])
    func positions(text: String, offset: Int, line: Int, column: Int) {
        #expect(TextPosition(utf8Offset: offset, in: text) == TextPosition(line: line, column: column))
    }

    @Test func serverPositions() {
        #expect(TextPosition.utf8Offset(ofServerPosition: 1, in: "é1") == 0)
        #expect(TextPosition.utf8Offset(ofServerPosition: 2, in: "é1") == 2)
        #expect(TextPosition.utf8Offset(ofServerPosition: 9, in: "é1") == 3)
    }
}
