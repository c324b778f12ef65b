import Broadcast
import FoundationEssentials
import Postgres
import ShippedFiles
import TestSupport
import Testing

private let user = UUID(uuidString: "7e1018e4-5644-4031-a05c-4166cc877264") ?? UUID()

@Suite(.timeLimit(.minutes(20)))
struct BroadcastServiceTests {
    private func withPlatform(_ body: (_ conninfo: String, _ connection: SessionConnection) async throws -> Void)
        async throws
    {
        let schema = try #require(ShippedFiles.text("audits/broadcast/sample/schema.sql"))
        let someone = "INSERT INTO registered_users VALUES ('\(user)', 'someone', 'someone@example.com')"
        try await withDatabase(loading: [schema, someone]) { conninfo in
            let connection = try await SessionConnection.open(conninfo)
            try await body(conninfo, connection)
            await connection.session.close()
        }
    }

    private func create(
        on connection: SessionConnection,
        client: UUID = user,
        open: String = "-1001",
        closed: String = "-1002"
    ) async throws(BroadcastError) -> UUID {
        try await BroadcastService.createEntry(
            on: connection,
            clientID: client,
            openChannelID: open,
            closedChannelID: closed
        )
    }

    @Test func theEntryIsNewAndBelongsToTheCallersTransaction() async throws {
        try await withPlatform { conninfo, connection in
            try await connection.execute("BEGIN")
            let rolledBack = try await create(on: connection)
            try await connection.execute("ROLLBACK")
            #expect(try await connection.query("SELECT id FROM broadcast_manager", []) == [])
            try await connection.execute("BEGIN")
            let id = try await create(on: connection)
            try await connection.execute("COMMIT")
            #expect(id != rolledBack)
            let entry = try await connection.query(
                """
                SELECT client_id, open_channel_id, closed_channel_id, broadcast_status, is_active,
                    next_send_time = created_at, manual_trigger_count + total_broadcasts + successful_broadcasts
                    + failed_broadcasts + consecutive_failures, last_manual_trigger_time
                FROM broadcast_manager WHERE id = $1::uuid
                """,
                [id.uuidString]
            )
            #expect(entry == [[user.uuidString.lowercased(), "-1001", "-1002", "pending", "t", "t", "0", nil]])
        }
    }

    @Test func refusalsAreToldApartAndTheTransactionGoesOn() async throws {
        try await withPlatform { _, connection in
            try await connection.execute(
                "ALTER TABLE broadcast_manager ADD CONSTRAINT digits CHECK (open_channel_id !~ 'x'); BEGIN"
            )
            _ = try await create(on: connection)
            let refusals: [(BroadcastError.Code, (SessionConnection) async throws(BroadcastError) -> UUID)] = [
                (.duplicatePair, { connection async throws(BroadcastError) in try await create(on: connection) }),
                (
                    .unknownUser,
                    { connection async throws(BroadcastError) in
                        try await create(on: connection, client: UUID(), open: "-1003")
                    }
                ),
                (
                    .wrongValue,
                    { connection async throws(BroadcastError) in try await create(on: connection, open: " ") }
                ),
                (
                    .wrongValue,
                    { connection async throws(BroadcastError) in try await create(on: connection, closed: "") }
                ),
                (
                    .wrongValue,
                    { connection async throws(BroadcastError) in try await create(on: connection, closed: "1\0") }
                ),
                (
                    .wrongValue,
                    { connection async throws(BroadcastError) in try await create(on: connection, open: "x") }
                ),
            ]
            for (code, body) in refusals {
                let error = await #expect(throws: BroadcastError.self) { _ = try await body(connection) }
                #expect(error?.code == code, "\(String(describing: error))")
            }
            // Quotes and the like are values, not SQL.
            _ = try await create(on: connection, open: "'; DROP TABLE broadcast_manager; --", closed: #"\"$1:id"#)
            try await connection.execute("COMMIT")
            #expect(try await connection.query("SELECT count(*) FROM broadcast_manager", []) == [["2"]])
        }
    }

    @Test func withoutATransactionNothingIsDone() async throws {
        try await withPlatform { _, connection in
            let error = await #expect(throws: BroadcastError.self) { _ = try await create(on: connection) }
            #expect(error?.code == .noTransaction)
            try await connection.execute("BEGIN")
            _ = try? await connection.query("SELECT 1 / 0", [])
            let failed = await #expect(throws: BroadcastError.self) { _ = try await create(on: connection) }
            #expect(failed?.code == .noTransaction)
            try await connection.execute("ROLLBACK")
            #expect(try await connection.query("SELECT count(*) FROM broadcast_manager", []) == [["0"]])
        }
    }

    @Test func aRoleWithoutThePrivilegeIsTold() async throws {
        try await withPlatform { _, connection in
            try await connection.execute("CREATE ROLE broadcast_nobody; SET ROLE broadcast_nobody")
            try await connection.execute("BEGIN")
            let error = await #expect(throws: BroadcastError.self) { _ = try await create(on: connection) }
            #expect(error?.code == .failure && error?.failure?.sqlState == "42501")
            try await connection.execute("ROLLBACK; RESET ROLE; DROP ROLE broadcast_nobody")
        }
    }

    /// One gets the id; the other waits, learns that there is an entry, and can still commit.
    @Test(arguments: ["READ COMMITTED", "REPEATABLE READ"])
    func twoCallersWithTheSamePair(isolation: String) async throws {
        try await withPlatform { conninfo, first in
            let second = try await SessionConnection.open(conninfo)
            for connection in [first, second] {
                try await connection.execute(
                    "BEGIN ISOLATION LEVEL \(isolation); SELECT count(*) FROM broadcast_manager"
                )
            }
            let id = try await create(on: first)
            async let other = Result { () async throws(BroadcastError) in try await create(on: second) }
            let observer = try await SessionConnection.open(conninfo)
            let waiting = """
                SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
                """
            while try await observer.query(waiting, []).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            try await first.execute("COMMIT")
            guard case .failure(let error) = await other else {
                Issue.record("both got an entry")
                return
            }
            if isolation == "READ COMMITTED" {
                #expect(error.code == .duplicatePair)
                try await second.execute(
                    "INSERT INTO registered_users VALUES (gen_random_uuid(), 'later', 'l'); COMMIT"
                )
            } else {
                #expect(error.code == .interference)
                try await second.execute("ROLLBACK; BEGIN")
                let again = await #expect(throws: BroadcastError.self) { _ = try await create(on: second) }
                #expect(again?.code == .duplicatePair)
                try await second.execute("COMMIT")
            }
            #expect(
                try await observer.query("SELECT id FROM broadcast_manager", []) == [[id.uuidString.lowercased()]]
            )
            await second.session.close()
            await observer.session.close()
        }
    }

    @Test func manyCallersAtOnceGetOneEntry() async throws {
        try await withPlatform { conninfo, connection in
            let outcomes = try await withThrowingTaskGroup(of: BroadcastError.Code?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let caller = try await SessionConnection.open(conninfo)
                        try await caller.execute("BEGIN")
                        var code: BroadcastError.Code?
                        do throws(BroadcastError) { _ = try await create(on: caller) } catch { code = error.code }
                        try await caller.execute("COMMIT")
                        await caller.session.close()
                        return code
                    }
                }
                var outcomes: [BroadcastError.Code?] = []
                for try await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .duplicatePair } == 7)
            #expect(try await connection.query("SELECT count(*) FROM broadcast_manager", []) == [["1"]])
        }
    }
}

extension Result where Failure == BroadcastError, Success: Sendable {
    /// What an asynchronous body returns or throws.
    fileprivate init(_ body: () async throws(BroadcastError) -> Success) async {
        do throws(BroadcastError) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
