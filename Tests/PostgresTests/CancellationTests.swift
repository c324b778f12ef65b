import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct CancellationTests {
    private static func backends(_ session: Session, running text: String) async throws -> Int {
        let sql = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()"
        return try await session.query(sql, ["%\(text)%"]).count
    }

    @Test(arguments: ["SELECT pg_sleep(100)", "COPY (SELECT pg_sleep(100)) TO STDOUT"])
    func `a cancelled task ends its statement on the server`(sql: String) async throws {
        try await withDatabase { conninfo in
            try await withSession(conninfo) { watcher in
                try await withSession(conninfo) { session in
                    let task = Task {
                        try await session.withConnection { connection in
                            if sql.hasPrefix("COPY") {
                                try connection.copyOut(sql + " -- \(connection.server.database)") { _ in }
                            } else {
                                try connection.execute(sql + " -- \(connection.server.database)")
                            }
                        }
                    }
                    let database = try await watcher.withConnection { $0.server.database }
                    try await eventually { try await Self.backends(watcher, running: "-- \(database)") == 1 }
                    task.cancel()
                    let error = await #expect(throws: PostgresError.self) { try await task.value }
                    #expect(error?.kind == .cancelled && error?.sqlState == .queryCanceled)
                    #expect(error?.connectionLost == false)
                    #expect(try await Self.backends(watcher, running: "-- \(database)") == 0)
                    // The next caller is not the one who was cancelled.
                    #expect(await session.isReady)
                }
            }
        }
    }

    @Test func `a cancelled task starts no further statement`() async throws {
        try await withDatabase(loading: ["CREATE TABLE t ()"]) { conninfo in
            try await withSession(conninfo) { session in
                let (begun, begin) = AsyncStream<Never>.makeStream()
                let task = Task {
                    try await session.withConnection { connection in
                        try connection.begin(.repeatableRead(readOnly: false))
                        try connection.execute("INSERT INTO t DEFAULT VALUES")
                        begin.finish()
                        var failure: PostgresError?
                        while failure == nil {
                            do throws(PostgresError) { try connection.execute("SELECT 1") } catch { failure = error }
                        }
                        let next = #expect(throws: PostgresError.self) { try connection.query("SELECT 2") }
                        #expect(next?.kind == .cancelled && next?.sqlState == nil)
                        try connection.rollback()
                        return failure
                    }
                }
                for await _ in begun {}
                task.cancel()
                let failure = try await task.value
                #expect(failure?.kind == .cancelled)
                let rows = try await session.query("SELECT count(*) FROM t")
                #expect(rows == [["0"]])
            }
        }
    }

    @Test func `a task that is cancelled already runs nothing`() async throws {
        let conninfo = try await TestCluster.conninfo()
        try await withSession(conninfo) { session in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await session.failure(of: "SELECT 1")
            }
            task.cancel()
            #expect(await task.value?.kind == .cancelled)
        }
        let opening = Task {
            while !Task.isCancelled { await Task.yield() }
            return await failureToConnect(conninfo)
        }
        opening.cancel()
        #expect(await opening.value?.kind == .cancelled)
    }

    @Test func `a cancellation never hits a later statement`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            for round in 0..<100 {
                let task = Task { try await session.execute("SELECT pg_sleep(0.00\(round % 10))") }
                try await Task.sleep(for: .microseconds(round * 37 % 3000))
                task.cancel()
                _ = await task.result
                #expect(try await session.query("SELECT count(*) FROM generate_series(1, 1000)") == [["1000"]])
            }
        }
    }

    @Test func `a savepoint is taken back in a cancelled task`() async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let task = Task {
                try await session.withConnection { connection in
                    try connection.begin(.repeatableRead(readOnly: true))
                    try connection.withSavepoint { try connection.execute("SELECT pg_sleep(100)") }
                }
            }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            // The transaction is alive, not failed.
            #expect(await session.isReady)
            try await session.withConnection { try $0.commit() }
        }
    }

    @Test func `a time limit is not a cancellation`() async throws {
        try await withSession(try await TestCluster.conninfo(), settings: ["statement_timeout": "20ms"]) {
            session in
            let error = try await session.failureInTransaction(of: "SELECT pg_sleep(100)")
            #expect(error?.kind == .timeout && error?.sqlState == .queryCanceled)
            #expect(error?.description.hasPrefix("The statement was given up after its time limit: ") == true)
        }
    }

    @Test func `a cancellation by somebody else is a failure of the statement`() async throws {
        let conninfo = try await TestCluster.conninfo()
        try await withSession(conninfo) { session in
            let backend = try await session.withConnection { "\($0.server.backend)" }
            async let error = session.failure(of: "SELECT pg_sleep(100)")
            try await withSession(conninfo) { other in
                try await eventually {
                    try await other.query(
                        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1::int AND query LIKE '%sleep%'",
                        [backend]
                    ) == [["t"]]
                }
            }
            let failure = await error
            #expect(failure?.kind == .other && failure?.sqlState == .queryCanceled)
        }
    }
}
