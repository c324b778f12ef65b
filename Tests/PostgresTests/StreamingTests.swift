import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct StreamingTests {
    private struct Enough: Error {}

    @Test func `rows come one by one`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let (count, sum, columns) = try await session.withConnection { connection in
                var (count, sum) = (0, 0)
                let columns = try connection.stream(
                    "SELECT n, NULL AS nothing, '' AS empty FROM generate_series(1, $1::int) AS n",
                    ["200000"]
                ) { row in
                    count += 1
                    sum += row.text(0).flatMap { Int($0) } ?? 0
                    guard row.columnCount == 3, row.bytes(1) == nil, row.bytes(2)?.count == 0 else { throw Enough() }
                }
                return (count, sum, columns)
            }
            #expect(count == 200_000 && sum == 200_000 * 200_001 / 2)
            #expect(columns.map(\.name) == ["n", "nothing", "empty"])
        }
    }

    @Test func `memory does not grow with the rows`() async throws {
        let conninfo = try await TestCluster.conninfo()
        // A process of its own, in which nobody else allocates.
        await #expect(processExitsWith: .success) { [conninfo = conninfo as String] in
            try await withSession(conninfo) { session in
                let growth = try await session.withConnection { connection in
                    var (count, start) = (0, 0)
                    _ = try connection.stream("SELECT repeat('x', 1000) FROM generate_series(1, 200000)") { _ in
                        count += 1
                        if count == 1000 { start = residentPages() }
                    }
                    return residentPages() - start
                }
                // 200 MB came through.
                try #require(growth < 16 << 20 / 4096)
            }
        }
    }

    @Test func `no rows still have columns`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let columns = try await session.withConnection { connection in
                try connection.stream("SELECT 1 AS n WHERE false") { _ in Issue.record("a row") }
            }
            #expect(columns == [Column(name: "n", type: 23)])
            let none = try await session.withConnection { try $0.stream("CREATE TEMP TABLE t ()") { _ in } }
            #expect(none.isEmpty)
        }
    }

    @Test func `an error comes after the rows before it`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let (rows, error) = try await session.withConnection { connection in
                var rows: [String?] = []
                do {
                    _ = try connection.stream("SELECT 10 / (3 - n) FROM generate_series(1, 5) AS n") {
                        rows.append($0.text(0))
                    }
                    return (rows, nil as PostgresError?)
                } catch {
                    return (rows, error as? PostgresError)
                }
            }
            #expect(rows == ["5", "10"])
            #expect(error?.sqlState == .divisionByZero)
            #expect(await session.isReady)
        }
    }

    @Test func `a closure that throws ends the statement`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            try await session.withConnection { connection in
                var count = 0
                #expect(throws: Enough.self) {
                    _ = try connection.stream("SELECT generate_series(1, 100000000)") {
                        _ in
                        count += 1
                        if count == 3 { throw Enough() }
                    }
                }
                #expect(count == 3)
                #expect(connection.isReady == true)
            }
        }
    }

    @Test func `a closure cannot use the connection`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            try await session.withConnection { connection in
                let error = #expect(throws: PostgresError.self) {
                    _ = try connection.stream("SELECT 1") { _ in _ = try connection.query("SELECT 2") }
                }
                #expect(error?.message == "another statement of this connection is still running")
                #expect(connection.isReady == true)
            }
        }
    }

    @Test func `a COPY hands out records`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let records = try await session.withConnection { connection in
                var records: [String] = []
                try connection.copyOut(
                    """
                    COPY (SELECT E'a\\nb', 'it''s "1"', '', NULL::text FROM generate_series(1, 2) -- a comment
                    ) TO STDOUT (FORMAT csv)
                    """
                ) { records.append(String(decoding: $0, as: UTF8.self)) }
                return records
            }
            #expect(records == Array(repeating: "\"a\nb\",\"it's \"\"1\"\"\",\"\",\n", count: 2))
        }
    }

    @Test func `a COPY that goes wrong leaves the connection ready`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            try await session.withConnection { connection in
                var count = 0
                #expect(throws: Enough.self) {
                    try connection.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in
                        count += 1
                        if count == 3 { throw Enough() }
                    }
                }
                #expect(count == 3)
                count = 0
                let late = #expect(throws: PostgresError.self) {
                    try connection.copyOut("COPY (SELECT 1 / (3 - n) FROM generate_series(1, 5) n) TO STDOUT") { _ in
                        count += 1
                    }
                }
                #expect(count == 2 && late?.sqlState == .divisionByZero && late?.stage == .copy)
                let two = #expect(throws: PostgresError.self) {
                    try connection.copyOut("COPY (SELECT 1) TO STDOUT; SELECT 2") { _ in }
                }
                #expect(two?.sqlState == .syntaxError)
                #expect(connection.isReady == true)
            }
        }
    }
}
