import AuditEngine
import AuditModel
import Logging
import Postgres
import RunRecords
import ShippedFiles
import SuiteFiles
import Synchronization
import TestSupport
import Testing

/// What the platform's customers did.
private final class CustomerLog: Sendable {
    typealias Done = (registered: Int, deleted: Int, failures: [String])

    private let state = Mutex<Done>((0, 0, []))

    var done: Done { state.withLock { $0 } }

    func did(_ body: (inout Done) -> Void) {
        state.withLock { body(&$0) }
    }
}

/// Repairs while the platform is at work: nobody gets in anybody's way.
struct ConcurrentRepairTests {
    private static let crowd = """
        INSERT INTO registered_users (user_id, username, email)
        SELECT md5(g::text)::uuid, 'user ' || g, g || '@example.org' FROM generate_series(1, 50) AS g;
        INSERT INTO main_clients_database (open_channel_id, closed_channel_id, client_id)
        SELECT '-100' || g, '-200' || g, md5((g % 50 + 1)::text)::uuid FROM generate_series(1, 3000) AS g;
        INSERT INTO broadcast_manager (client_id, open_channel_id, closed_channel_id)
        SELECT client_id, open_channel_id, closed_channel_id FROM main_clients_database LIMIT 2900
        """

    @Test(.timeLimit(.minutes(20))) func fiftyConnectionsRegisterAndDeleteWhileTwentyFixesRun() async throws {
        let schema = try shippedFile("sample/schema.sql")
        try await withDatabase(loading: [schema, Self.crowd]) { conninfo in
            let customers = CustomerLog()
            let work = Task {
                await withTaskGroup(of: Void.self) { group in
                    for client in 0..<50 {
                        group.addTask {
                            do {
                                try await Self.customer(client, at: conninfo, of: customers)
                            } catch {
                                customers.did { $0.failures.append("\(error)") }
                            }
                        }
                    }
                }
            }
            var repaired = 0
            for _ in 1...20 {
                let run = try await repair(at: conninfo)
                for check in run.checks where check.fix != nil {
                    #expect(check.status != .error, "\(check.id): \(check.error ?? "")")
                    repaired += check.repaired ?? 0
                }
            }
            work.cancel()
            await work.value
            let (registered, deleted, failures) = customers.done
            #expect(failures.isEmpty, "\(failures.prefix(3))")
            #expect(registered > 100 && deleted > 10 && repaired > 100, "\(registered) \(deleted) \(repaired)")

            let last = try await repair(at: conninfo)
            #expect(last.checks.filter { $0.fix != nil }.allSatisfy { ($0.after ?? 0) == 0 })
            let count = try await number(of: "main_clients_database", at: conninfo)
            #expect(count == 3000 + registered - deleted, "no channel was lost")
            #expect(try await number(of: "broadcast_manager", at: conninfo) == count, "one entry for each channel")
            let pairs = "(SELECT DISTINCT open_channel_id, closed_channel_id FROM broadcast_manager) AS pairs"
            #expect(try await number(of: pairs, at: conninfo) == count)
            // What the journal says was created is there, or its channel was deleted later, and nothing is there twice.
            let lost = """
                (SELECT FROM assay.repairs AS r
                WHERE operation = 'insert'
                    AND NOT EXISTS (SELECT FROM broadcast_manager AS b WHERE b.id = (r.key ->> 'id')::uuid)
                    AND EXISTS (
                        SELECT FROM main_clients_database AS m
                        WHERE m.open_channel_id = r.after ->> 'open_channel_id'
                    )
                    AND NOT EXISTS (
                        SELECT FROM assay.repairs AS d
                        WHERE d.operation = 'delete' AND d.key = r.key
                    )) AS lost
                """
            #expect(try await number(of: lost, at: conninfo) == 0)
        }
    }

    /// Registers channels, every second one without its entry, and deletes some of them again.
    private static func customer(
        _ client: Int,
        at conninfo: String,
        of customers: CustomerLog
    ) async throws {
        let session = try await Session.open(
            ConnectionSettings(conninfo: conninfo, applicationName: "platform"),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        var number = 0
        while !Task.isCancelled {
            number += 1
            let pair = "'-3\(client)00\(number)', '-4\(client)00\(number)'"
            let user = "md5('\(client % 50 + 1)')::uuid"
            let entry = """
                INSERT INTO broadcast_manager (open_channel_id, closed_channel_id, client_id)
                VALUES (\(pair), \(user)) ON CONFLICT DO NOTHING;
                """
            let withEntry = number.isMultiple(of: 2) ? entry : ""
            let late = number.isMultiple(of: 3) ? entry : ""
            let deletes = number.isMultiple(of: 5)
            // A task of its own: a registration that was begun is finished.
            try await Task {
                try await session.withConnection { connection in
                    try connection.execute(
                        """
                        BEGIN;
                        INSERT INTO main_clients_database (open_channel_id, closed_channel_id, client_id)
                        VALUES (\(pair), \(user));
                        \(withEntry)
                        COMMIT
                        """
                    )
                    customers.did { $0.registered += 1 }
                    if !late.isEmpty { try connection.execute(late) }
                    guard deletes else { return }
                    try connection.execute(
                        """
                        BEGIN;
                        DELETE FROM broadcast_manager WHERE (open_channel_id, closed_channel_id) = (\(pair));
                        DELETE FROM main_clients_database WHERE (open_channel_id, closed_channel_id) = (\(pair));
                        COMMIT
                        """
                    )
                    customers.did { $0.deleted += 1 }
                }
            }.value
            try? await Task.sleep(for: .milliseconds(50))
        }
        await session.close()
    }

    private func repair(at conninfo: String) async throws -> Run {
        try await TemporaryFolder.with { folder in
            let paths = ShippedFiles.paths(below: "audits/broadcast")
            let files = try paths.map { path in
                let name = String(path.dropFirst("audits/broadcast/".count))
                return (name, try shippedFile(name))
            }
            var settings = AuditSettings(conninfo: conninfo)
            settings.selection.checks = ["channel-without-broadcast", "broadcast-without-channel"]
            settings.expectedDatabase = conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) }
            settings.repair = RepairSettings()
            let start = Timestamp(milliseconds: 1_795_403_700_000)
            let record = try OutputFolder(folder.path).begin(
                RunID(startedAt: start, random: .random(in: 0...0xFF_FFFF))
            )
            return try await Audit(
                suite: SuiteLoader.load(files: Dictionary(uniqueKeysWithValues: files), named: "audits/broadcast"),
                settings: settings,
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
                now: { start }
            ).run(record.run, startedAt: start, into: record).run
        }
    }

    private func number(of relation: String, at conninfo: String) async throws -> Int? {
        let session = try await Session.open(
            ConnectionSettings(conninfo: conninfo, applicationName: "tests"),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        let count = try await session.withConnection { try $0.query("SELECT count(*) FROM \(relation)").firstValue }
        await session.close()
        return count.flatMap { Int($0) }
    }
}
