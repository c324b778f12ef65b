import SQLSyntax
import Testing

struct ParsedSQLTests {
    @Test func isReadAsOftenAsOneLikes() throws {
        // libpg_query keeps one of the 1,024 thread keys of a process for each thread that it is called on.
        for number in 1...1500 { #expect(try ParsedSQL("SELECT \(number)").isPlainSelect) }
    }

    @Test(arguments: [
        "SELECT 1", "VALUES (1), (2)", "TABLE t", "(SELECT 1) UNION (SELECT 2)", "SELECT 1;",
        "-- note\nSELECT 1; -- end",
        "WITH RECURSIVE x AS (SELECT 1 UNION ALL SELECT * FROM x) SELECT * FROM x", "SELECT setval('s', 1)",
    ])
    func plainSelects(text: String) throws {
        #expect(try ParsedSQL(text).isPlainSelect)
    }

    @Test(arguments: [
        ("", "no statement"), ("-- only", "no statement"), ("SELECT 1; SELECT 2", "2 statements"),
        ("DELETE FROM t", "a DELETE"), ("INSERT INTO t VALUES (1)", "an INSERT"), ("UPDATE t SET x = 1", "an UPDATE"),
        ("MERGE INTO t USING v ON t.a = v.a WHEN MATCHED THEN DELETE", "a MERGE"),
        ("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "a DELETE in a WITH clause"),
        ("SELECT * FROM (WITH x AS (UPDATE t SET a = 1 RETURNING *) SELECT * FROM x) y", "an UPDATE in a WITH clause"),
        ("SELECT * INTO n FROM t", "SELECT INTO"), ("SELECT * FROM t FOR UPDATE", "FOR UPDATE"),
        ("SELECT * FROM (SELECT * FROM t FOR SHARE) x", "FOR SHARE"), ("EXPLAIN ANALYZE DELETE FROM t", "an EXPLAIN"),
        ("/* x */ copy t TO STDOUT", "a COPY"), ("DO $$ BEGIN END $$", "a DO"),
        ("CREATE TABLE n AS SELECT 1", "a CREATE"),
        ("CALL p()", "a CALL"), ("SET x = 1", "a SET"), ("BEGIN", "a BEGIN"),
    ])
    func obstacles(text: String, reason: String) throws {
        #expect(try ParsedSQL(text).plainSelectObstacle?.reason == reason)
    }

    @Test(arguments: [
        ("SELECT * FROM a, s.b JOIN c USING (x), LATERAL (SELECT 1 FROM d) e", ["a", "s.b", "c", "d"], []),
        ("WITH a AS (SELECT * FROM a) SELECT * FROM a", ["a"], []),
        ("WITH a AS (SELECT * FROM z) SELECT * FROM a, s.a", ["z", "s.a"], []),
        ("WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM b", [], []),
        ("WITH a AS (SELECT * FROM b), b AS (SELECT * FROM a) SELECT * FROM b", ["b"], []),
        ("SELECT (WITH x AS (SELECT 1) SELECT * FROM x) FROM x", ["x"], []),
        ("WITH v AS (SELECT 1) INSERT INTO v SELECT * FROM v", ["v"], ["v"]),
        ("DELETE FROM s.b USING violations v WHERE b.x = v.x", ["s.b", "violations"], ["s.b"]),
        ("WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x", ["t", "u"], ["u", "t"]),
        ("UPDATE \"B d\" SET x = 1", ["B d"], ["B d"]),
        ("SELECT 1 FROM generate_series(1, 2)", [], []),
    ])
    func tables(text: String, tables: [String], written: [String]) throws {
        let statement = try #require(try ParsedSQL(text).statements.first)
        #expect(statement.tables.map(\.description) == tables)
        #expect(statement.writtenTables.map(\.value.description) == written)
    }

    @Test func functionsAndParameters() throws {
        let text = "SELECT é, pg_catalog.nextval('s'), lower($2) FROM f($1) WHERE EXISTS (SELECT setval('x', $1))"
        let statement = try #require(try ParsedSQL(text).statements.first)
        #expect(statement.functions.map(\.value.name) == ["nextval", "lower", "f", "setval"])
        #expect(statement.functions.first?.value.schema == "pg_catalog")
        #expect(statement.functions.first?.offset == 11)
        #expect(statement.parameters == [1, 2])
    }

    @Test(arguments: [
        ("SELECT a, t.b, c AS \"D\" FROM t", ["a", "b", "D"]), ("SELECT x UNION SELECT y", ["x"]),
        ("WITH q AS (SELECT 1 AS z) SELECT a FROM q", ["a"]),
    ])
    func outputColumns(text: String, columns: [String]) throws {
        #expect(try ParsedSQL(text).statements.first?.outputColumns == columns)
    }

    @Test func unknownOutputColumns() throws {
        #expect(try ParsedSQL("SELECT *, 1 + 1, a FROM t").statements.first?.outputColumns == [nil, nil, "a"])
        #expect(try ParsedSQL("VALUES (1)").statements.first?.outputColumns == nil)
    }

    @Test(arguments: [
        ("SELECT 1 FORM t", 14, "syntax error at or near \"t\""),
        ("SELECT 'é' x y", 14, "syntax error at or near \"y\""),
        ("SELECT 'abc", 7, "unterminated quoted string at or near \"'abc\""),
        ("SELECT 1 FROM", 13, "syntax error at end of input"), ("SELECT \0", 7, "the text holds a NUL character"),
    ])
    func errorsHavePlaces(text: String, offset: Int, message: String) {
        #expect(throws: SQLSyntaxError(message: message, offset: offset)) { try ParsedSQL(text) }
    }

    @Test func rangesAreWithoutBlanks() throws {
        let text = "\n /* ; */ SELECT 'é' ;\n  -- 'x\n DELETE FROM t ; "
        let ranges = try ParsedSQL(text).statements.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
        #expect(ranges == ["SELECT 'é'", "DELETE FROM t"])
    }

    @Test(arguments: [2000, 49_000])
    func longChainsAreRead(terms: Int) throws {
        let text = "SELECT 1" + String(repeating: "+1", count: terms) + " FROM t"
        #expect(try ParsedSQL(text).tables == [TableName(name: "t")])
    }

    @Test func overlongTextsAreRefused() {
        let error = #expect(throws: SQLSyntaxError.self) { try ParsedSQL(String(repeating: " ", count: 100_001)) }
        #expect(error?.message == "the text is longer than 100000 bytes")
        #expect(throws: SQLSyntaxError.self) {
            try ParsedSQL("SELECT " + String(repeating: "(", count: 40_000) + String(repeating: ")", count: 40_000))
        }
    }
}
