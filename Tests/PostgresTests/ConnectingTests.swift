import EmbeddedPostgres
import Glibc
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ConnectingTests {
    @Test func `a conninfo and a URL lead to the same database`() async throws {
        try await withDatabase { conninfo in
            let folder = try await TestCluster.socketDirectory
            let facts = try await withSession(conninfo) { try await $0.withConnection { $0.server } }
            #expect(facts.host == folder && facts.port == "5432" && facts.user == "audit")
            #expect(facts.version >= 150_000 && facts.versionText.hasPrefix("\(facts.version / 10_000)."))
            #expect(facts.encoding == "UTF8" && !facts.isStandby)
            let url = "postgresql://audit@/\(facts.database)?host=\(folder)&application_name=other"
            try await withSession(url) { session in
                let rows = try await session.query(
                    "SELECT current_database(), application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"
                )
                #expect(rows == [[facts.database, "assay/test"]])
                let backend = try await session.withConnection { $0.server.backend }
                #expect(backend != facts.backend)
            }
        }
    }

    // The environment belongs to the whole process, so these run in one of their own.

    @Test func `a service file leads to the database`() async throws {
        let folder = try await TestCluster.socketDirectory
        try await TemporaryFolder.with { temporary in
            let file = try temporary.write(
                "[shop]\nhost=\(folder)\nuser=audit\ndbname=template1\nconnect_timeout=7\n",
                to: "services.conf"
            )
            await #expect(processExitsWith: .success) { [file = file as String, folder = folder as String] in
                setenv("PGSERVICEFILE", file, 1)
                let settings = ConnectionSettings(conninfo: "service=shop", applicationName: "assay/test")
                let target = try ConnectionTarget(settings)
                try #require(target.description == "database \"template1\" at \(folder):5432")
                try await withSession("service=shop") { session in
                    try #require(try await session.query("SELECT current_database()") == [["template1"]])
                }
            }
        }
    }

    @Test(arguments: [nil, ""]) func `the environment leads to the database`(conninfo: String?) async throws {
        let folder = try await TestCluster.socketDirectory
        await #expect(processExitsWith: .success) { [folder = folder as String, conninfo = conninfo as String?] in
            setenv("PGHOST", folder, 1)
            setenv("PGUSER", "audit", 1)
            setenv("PGDATABASE", "template1", 1)
            try await withSession(conninfo) { session in
                try #require(try await session.query("SELECT current_database()") == [["template1"]])
            }
        }
    }

    @Test(arguments: [
        (
            "host=db.example.org port=5433 dbname=shop user=ann password=secret",
            "database \"shop\" at db.example.org:5433"
        ),
        (
            "postgresql://ann:secret@a.example.org:1,b.example.org:2/shop",
            "database \"shop\" at a.example.org,b.example.org:1,2"
        ),
        ("hostaddr=192.0.2.1 user=ann", "database \"ann\" at 192.0.2.1:5432"),
    ])
    func `a target is known without connecting`(conninfo: String, description: String) throws {
        let target = try ConnectionTarget(ConnectionSettings(conninfo: conninfo, applicationName: "assay/test"))
        #expect(target.description == description)
        #expect(target.user == "ann")
    }

    @Test func `B1: each transaction has its settings, whatever they hold, and the session none`() async throws {
        let conninfo = try await TestCluster.conninfo()
        let settings = ["statement_timeout": "61s", "assay.note": "it's \"1\"\\; --"]
        let reading = """
            SELECT current_setting('statement_timeout'), current_setting('assay.note', true),
                current_setting('client_connection_check_interval')
            """
        try await withSession(conninfo, settings: settings) { session in
            for mode in [
                TransactionMode.repeatableRead(readOnly: true), .repeatableRead(readOnly: false), .readCommitted,
            ] {
                try await session.withConnection { connection in
                    try connection.begin(mode)
                    #expect(try connection.query(reading).rows == [["61s", "it's \"1\"\\; --", "2s"]])
                    try connection.commit()
                }
                #expect(try await session.query(reading) == [["0", "", "0"]])
            }
        }
    }

    @Test func `an unknown session setting is an error of the settings`() async throws {
        let error = await failureToConnect(try await TestCluster.conninfo(), settings: ["statment_timeout": "1s"])
        #expect(error?.stage == .connect && error?.kind == .settings)
        #expect(error?.message.contains("statment_timeout") == true)
    }

    @Test(arguments: ["host=/nowhere/at/all user=ann", "postgresql://ann:secret@127.0.0.1:1/shop"])
    func `a server that is not there is unreachable`(conninfo: String) async {
        let error = await failureToConnect(conninfo)
        #expect(error?.stage == .connect && error?.kind == .unreachable && error?.sqlState == nil)
        #expect(error?.description.hasPrefix("Cannot reach database \"") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `a database that does not exist is unreachable`() async throws {
        let error = await failureToConnect(try await TestCluster.conninfo(database: "no such 'one'"))
        #expect(error?.kind == .unreachable && error?.sqlState == .undefinedDatabase)
    }

    @Test func `a closed session says so`() async throws {
        let settings = ConnectionSettings(
            conninfo: try await TestCluster.conninfo(),
            applicationName: "assay/test"
        )
        let session = try await Session.open(settings, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        await session.close()
        await session.close()
        #expect(await session.failure(of: "SELECT 1")?.message == "the session is closed")
    }

    @Test func `sessions end with their last reference`() async throws {
        try await withDatabase { conninfo in
            let settings = ConnectionSettings(conninfo: conninfo, applicationName: "assay/dropped")
            for _ in 0..<10 {
                let session = try await Session.open(
                    settings,
                    logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
                )
                #expect(await session.isReady)
            }
            try await withSession(conninfo) { session in
                try await eventually {
                    try await session.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'assay/dropped'")
                        .isEmpty
                }
            }
        }
    }

    @Test func `sessions block side by side`() async throws {
        final class Arrived: Sendable {
            let count = Mutex(0)
        }
        let conninfo = try await TestCluster.conninfo()
        // Nobody gets on before all have come, and they are more than the cooperative pool has threads.
        let (arrived, all) = (Arrived(), 12)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<all {
                group.addTask {
                    try await withSession(conninfo) { session in
                        try await session.withConnection { connection in
                            arrived.count.withLock { $0 += 1 }
                            while arrived.count.withLock({ $0 }) < all {
                                try connection.execute("SELECT pg_sleep(0.001)")
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
