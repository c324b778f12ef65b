import AuditEngine
import AuditModel
import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

struct SnapshotTests {
    /// Each transaction keeps the sum: as many entries as channels, less the missing, and with the strays.
    private static let schema = """
        CREATE TABLE channel (id int PRIMARY KEY); CREATE TABLE entry (id int PRIMARY KEY);
        INSERT INTO channel SELECT g FROM generate_series(1, 2000) AS g;
        INSERT INTO entry SELECT g FROM generate_series(100, 2050) AS g
        """

    @Test(.timeLimit(.minutes(20))) func sumsHoldInEveryRunWhileAWriterNeverRests() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let writer = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "writer"),
                logger: Logger(label: "tests") { _ in CollectedLog() }
            )
            let written = Mutex(0)
            let writing = Task {
                var random = SystemRandomNumberGenerator()
                while !Task.isCancelled {
                    let (a, b, c) = (
                        Int.random(in: 1...3000, using: &random), Int.random(in: 1...3000, using: &random),
                        Int.random(in: 1...3000, using: &random)
                    )
                    try await writer.withConnection { connection in
                        try connection.execute("INSERT INTO channel VALUES (\(a)) ON CONFLICT DO NOTHING")
                        try connection.execute("DELETE FROM entry WHERE id = \(b)")
                        try connection.execute("INSERT INTO entry VALUES (\(c)) ON CONFLICT DO NOTHING")
                        try connection.execute("DELETE FROM channel WHERE id = \(c)")
                    }
                    written.withLock { $0 += 1 }
                }
            }
            defer { writing.cancel() }
            let checks = [
                check("channels", "SELECT id FROM channel"), check("entries", "SELECT id FROM entry"),
                check("missing", "SELECT id FROM channel EXCEPT SELECT id FROM entry"),
                check("strays", "SELECT id FROM entry EXCEPT SELECT id FROM channel"),
            ]
            var different: Set<Int> = []
            for _ in 1...200 {
                let run = try await audit(checks, at: conninfo).run
                let counts = run.checks.compactMap(\.before)
                try #require(counts.count == 4)
                #expect(counts[0] + counts[3] == counts[1] + counts[2])
                different.insert(counts[0])
            }
            #expect(different.count > 1, "the writer changed what the runs saw")
            #expect(written.withLock { $0 } > 200)
        }
    }

    @Test func identityIsTheServersOwn() async throws {
        try await withDatabase { conninfo in
            let run = try await audit([check("one", "SELECT 1 AS n")], at: conninfo).run
            let name = try await value("SELECT current_database()", at: conninfo)
            #expect(run.database.name == name)
            #expect(run.database.user == "audit")
            #expect(run.database.systemIdentifier?.isEmpty == false)
            #expect(run.database.host?.hasPrefix("/") == true)
            #expect(run.snapshots.before.lsn?.contains("/") == true)
            #expect(run.snapshots.before.takenAt > Timestamp(milliseconds: 1_700_000_000_000))
        }
    }

    @Test func connectionsAndStatementsNameThemselves() async throws {
        try await withDatabase { conninfo in
            let find = "SELECT application_name, query FROM pg_stat_activity WHERE pid = pg_backend_pid()"
            let audited = try await audit([check("self", find)], at: conninfo)
            let row = try #require(audited.check("self")?.sample.rows.first)
            #expect(row[0] == "assay/\(audited.run.id)")
            #expect(row[1]?.hasPrefix("/* assay: self */ COPY (") == true)
        }
    }

    @Test func oneJobUsesOneConnection() async throws {
        try await withDatabase { conninfo in
            let find =
                "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'assay/2%' AND datname = current_database()"
            let one = try await audit([check("a", find), check("b", find)], at: conninfo) { $0.jobs = 1 }
            #expect(one.run.checks.map(\.before) == [1, 1])
            let three = try await audit([check("a", find), check("b", find), check("c", find)], at: conninfo) {
                $0.jobs = 8
            }
            #expect(three.run.checks.map(\.before) == [3, 3, 3], "never more connections than checks")
        }
    }

    @Test(.timeLimit(.minutes(20))) func aStandbyIsAuditedToo() async throws {
        let settings = ["wal_level": "replica", "max_wal_senders": "4", "hot_standby": "on"]
        try await EmbeddedCluster.with(ClusterOptions(settings: settings)) { primary in
            try await TestDatabase.load([Self.schema], into: primary.conninfo())
            try await EmbeddedCluster.with(ClusterOptions(settings: settings, primary: primary)) { standby in
                let audited = try await audit([check("channels", "SELECT id FROM channel")], at: standby.conninfo())
                #expect(audited.check("channels")?.before == 2000)
                #expect(audited.run.snapshots.before.lsn != nil)
            }
        }
    }
}
