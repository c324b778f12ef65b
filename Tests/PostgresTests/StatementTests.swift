import Logging
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct StatementTests {
    @Test func `values come as they are`() async throws {
        let texts: [String?] = [
            "", nil, "'\"\\;--", "a\nb\r\n\tc", "\u{1}\u{7F}", "<script>|`", "\u{202E}abc", "é👍🏽",
            String(repeating: "x", count: 1 << 20),
        ]
        try await withSession(try await TestCluster.conninfo()) { session in
            for text in texts {
                let rows = try await session.query("SELECT $1::text, $1::text IS NULL, length($1::text)", [text])
                #expect(rows == [[text, text == nil ? "t" : "f", text.map { "\($0.unicodeScalars.count)" }]])
            }
        }
    }

    @Test func `columns have names and types, also without rows`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let table = try await session.withConnection {
                try $0.query("SELECT 1 AS n, 'x'::text AS \"a b\" WHERE false")
            }
            #expect(table == Table(columns: [Column(name: "n", type: 23), Column(name: "a b", type: 25)], rows: []))
            #expect(table.firstValue == nil)
        }
    }

    @Test func `a NUL is refused before anything is sent`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let parameter = await session.failure(of: "SELECT $1::text", ["a\u{0}secret"])
            #expect(
                parameter?.description
                    == "The statement failed: a parameter holds a NUL character, which PostgreSQL cannot take."
            )
            let statement = await session.failure(of: "SELECT 1 \u{0}")
            #expect(statement?.message.contains("NUL") == true)
            #expect(await session.isReady)
        }
    }

    @Test(arguments: ["SELECT 1; DROP TABLE t", "COPY (SELECT 1) TO STDOUT", "COPY pg_class FROM STDIN"])
    func `a query is one statement with rows`(sql: String) async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            #expect(await session.failure(of: sql) != nil)
            #expect(await session.isReady)
        }
    }

    @Test func `several statements run up to the one that fails`() async throws {
        try await withDatabase { conninfo in
            try await withSession(conninfo) { session in
                try await session.execute("CREATE TABLE t (n int); INSERT INTO t VALUES (1), (2); SELECT * FROM t")
                await #expect(throws: PostgresError.self) {
                    try await session.execute(
                        "INSERT INTO t VALUES (3); SELECT * FROM missing; INSERT INTO t VALUES (4)"
                    )
                }
                // Several statements in one text are one transaction.
                #expect(try await session.query("SELECT count(*) FROM t") == [["2"]])
                await #expect(throws: PostgresError.self) { try await session.execute("COPY t FROM STDIN") }
                await #expect(throws: PostgresError.self) { try await session.execute("COPY t TO STDOUT; SELECT 1") }
                try await session.execute("")
            }
        }
    }

    @Test func `a statement is described without being run`() async throws {
        try await withDatabase(loading: ["CREATE TABLE t (id uuid, price numeric(10,2), tags text[])"]) { conninfo in
            try await withSession(conninfo) { session in
                let shape = try await session.withConnection {
                    try $0.describe("SELECT id, price, tags, 1 / 0 AS broken FROM t WHERE id = $1 AND price > $2")
                }
                #expect(shape.parameters.map(\.name) == ["uuid", "numeric"])
                #expect(shape.columns.map(\.name) == ["id", "price", "tags", "broken"])
                #expect(shape.columns.map(\.typeName) == ["uuid", "numeric(10,2)", "text[]", "integer"])
                #expect(shape.columns.map(\.type) == [2950, 1700, 1009, 23])
                let silent = try await session.withConnection { try $0.describe("DELETE FROM t") }
                #expect(silent.columns.isEmpty && silent.parameters.isEmpty)
                let error = await #expect(throws: PostgresError.self) {
                    try await session.withConnection { try $0.describe("SELECT nothing FROM t") }
                }
                #expect(error?.sqlState == .undefinedColumn && error?.position == 8)
            }
        }
    }

    @Test func `a SQL_ASCII database gives its bytes`() async throws {
        try await TestDatabase.with(options: "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'") {
            conninfo in
            try await withSession(conninfo) { session in
                try await session.execute(#"CREATE TABLE t (s text); INSERT INTO t VALUES (E'a\xff\xfeb')"#)
                #expect(try await session.query("SELECT s FROM t") == [["a\u{FFFD}\u{FFFD}b"]])
                let bytes = try await session.withConnection { connection in
                    var bytes: [UInt8] = []
                    _ = try connection.stream("SELECT s FROM t") { row in
                        bytes = Array(row.bytes(0) ?? UnsafeRawBufferPointer(start: nil, count: 0))
                    }
                    return bytes
                }
                #expect(bytes == [0x61, 0xFF, 0xFE, 0x62])
            }
        }
    }

    @Test func `notices go to the log`() async throws {
        let lines = CollectedLog.Lines()
        let logger = Logger(label: "tests") { _ in CollectedLog(lines: lines) }
        try await withSession(try await TestCluster.conninfo(), logger: logger) { session in
            try await session.execute(
                "DO $$ BEGIN RAISE NOTICE 'a notice'; RAISE WARNING 'a warning' USING DETAIL = 'private'; END $$"
            )
        }
        #expect(lines.all == ["info a notice", "warning a warning"])
    }
}
