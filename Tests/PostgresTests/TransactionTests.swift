import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct TransactionTests {
    private struct Wrong: Error {}

    private static let table = "CREATE TABLE t (n int); INSERT INTO t VALUES (1)"

    @Test func `a second session sees the exported snapshot while a writer commits`() async throws {
        try await withDatabase(loading: [Self.table]) { conninfo in
            try await withSession(conninfo) { lead in
                let snapshot = try await lead.withConnection { connection in
                    try connection.begin(.repeatableRead(readOnly: true))
                    return try connection.exportSnapshot()
                }
                try await withSession(conninfo) { try await $0.execute("INSERT INTO t VALUES (2)") }
                try await withSession(conninfo) { worker in
                    try await worker.withConnection { connection in
                        try connection.begin(.repeatableRead(readOnly: true, snapshot: snapshot))
                        #expect(try connection.query("SELECT count(*) FROM t").firstValue == "1")
                        let error = #expect(throws: PostgresError.self) { try connection.execute("DELETE FROM t") }
                        #expect(error?.sqlState == .readOnlyTransaction)
                        try connection.rollback()
                        #expect(try connection.query("SELECT count(*) FROM t").firstValue == "2")
                    }
                }
                #expect(try await lead.query("SELECT count(*) FROM t") == [["1"]])
                try await lead.withConnection { try $0.commit() }
                #expect(try await lead.query("SELECT count(*) FROM t") == [["2"]])
            }
        }
    }

    @Test(arguments: ["", "'; DROP TABLE t; --", "00000003-0000001B-1"])
    func `a snapshot that is none leaves no transaction`(snapshot: String) async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            try await session.withConnection { connection in
                #expect(throws: PostgresError.self) {
                    try connection.begin(.repeatableRead(readOnly: true, snapshot: snapshot))
                }
                #expect(try connection.query("SELECT pg_current_xact_id_if_assigned()").firstValue == nil)
                try connection.begin(.repeatableRead(readOnly: false))
                try connection.commit()
            }
        }
    }

    @Test func `a savepoint takes back what failed`() async throws {
        try await withDatabase(loading: [Self.table]) { conninfo in
            try await withSession(conninfo) { session in
                try await session.withConnection { connection in
                    try connection.begin(.repeatableRead(readOnly: false))
                    try connection.withSavepoint { try connection.execute("INSERT INTO t VALUES (2)") }
                    #expect(throws: Wrong.self) {
                        try connection.withSavepoint {
                            try connection.execute("INSERT INTO t VALUES (3)")
                            try? connection.withSavepoint { try connection.execute("SELECT 1 / 0") }
                            try connection.execute("INSERT INTO t VALUES (4)")
                            throw Wrong()
                        }
                    }
                    let error = #expect(throws: PostgresError.self) {
                        try connection.withSavepoint { try connection.execute("SELECT missing") }
                    }
                    #expect(error?.sqlState == .undefinedColumn)
                    try connection.commit()
                }
                #expect(try await session.query("SELECT n FROM t ORDER BY n") == [["1"], ["2"]])
            }
        }
    }

    @Test func `a failed transaction does not pretend to commit`() async throws {
        try await withDatabase(loading: [Self.table]) { conninfo in
            try await withSession(conninfo) { session in
                try await session.withConnection { connection in
                    try connection.begin(.repeatableRead(readOnly: false))
                    try connection.execute("INSERT INTO t VALUES (2)")
                    #expect(throws: PostgresError.self) { try connection.execute("SELECT 1 / 0") }
                    let error = #expect(throws: PostgresError.self) { try connection.commit() }
                    #expect(error?.sqlState == .inFailedTransaction)
                    #expect(try connection.query("SELECT count(*) FROM t").firstValue == "1")
                }
            }
        }
    }

    @Test func `the error of a lost connection survives the savepoint`() async throws {
        try await withDatabase { conninfo in
            try await withSession(conninfo) { session in
                let error = await #expect(throws: PostgresError.self) {
                    try await session.withConnection { connection in
                        try connection.begin(.repeatableRead(readOnly: false))
                        try connection.withSavepoint {
                            try connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                        }
                    }
                }
                #expect(
                    error?.sqlState == .adminShutdown && error?.connectionLost == true && error?.kind == .unreachable
                )
            }
        }
    }
}
