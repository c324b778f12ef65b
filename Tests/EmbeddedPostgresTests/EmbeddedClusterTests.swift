import EmbeddedPostgres
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct EmbeddedClusterTests {
    /// A process that has ended may stay as a zombie, where nobody reaps orphans.
    private static func isRunning(_ id: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
        return status.split(separator: ")").last?.hasPrefix(" Z") == false
    }

    private static func waitForEnd(of id: Int32) async throws {
        while isRunning(id) { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test func `a cluster serves databases and leaves nothing behind`() async throws {
        let (folder, id) = try await EmbeddedCluster.with { cluster in
            try await cluster.createDatabase("shop's \"own\"")
            try await TestDatabase.load(["CREATE TABLE t ()"], into: cluster.conninfo(database: "shop's \"own\""))
            try await cluster.createDatabase("copy", template: "shop's \"own\"")
            try await TestDatabase.load(["DROP TABLE t"], into: cluster.conninfo(database: "copy"))
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await cluster.createDatabase("copy") }
            #expect(error?.log.contains("already exists") == true)
            return (cluster.socketDirectory, cluster.processID)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(!Self.isRunning(id))
    }

    @Test func `a failing body ends the cluster too`() async throws {
        struct Wrong: Error {}
        var (folder, id) = ("", Int32(0))
        await #expect(throws: Wrong.self) {
            try await EmbeddedCluster.with { cluster in
                (folder, id) = (cluster.socketDirectory, cluster.processID)
                await cluster.stop()
                throw Wrong()
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder) && !Self.isRunning(id))
    }

    @Test func `a server that does not start shows its log`() async throws {
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await EmbeddedCluster.start(ClusterOptions(settings: ["max_connections": "many"]))
        }
        #expect(error?.description.contains("did not start") == true)
        #expect(error?.log.contains("max_connections") == true)
    }

    @Test func `a standby follows its primary`() async throws {
        let primary = ClusterOptions(settings: ["wal_level": "replica", "max_wal_senders": "4"])
        try await EmbeddedCluster.with(primary) { primary in
            let options = ClusterOptions(settings: ["wal_level": "replica", "max_wal_senders": "4"], primary: primary)
            try await EmbeddedCluster.with(options) { standby in
                await #expect(throws: (any Error).self) {
                    try await TestDatabase.load(["CREATE TABLE t ()"], into: standby.conninfo())
                }
                try await TestDatabase.load(["SELECT 1 / pg_is_in_recovery()::int"], into: standby.conninfo())
            }
        }
    }

    @Test func `the server ends with a killed owner, and the next cluster tidies up`() async throws {
        try await TemporaryFolder.with { temporary in
            let note = temporary.file("note")
            await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
                let cluster = try await EmbeddedCluster.start()
                try Data("\(cluster.processID) \(cluster.socketDirectory)".utf8).write(to: URL(filePath: note))
                kill(getpid(), SIGKILL)
            }
            let words = try temporary.read("note").split(separator: " ")
            let id = try #require(words.first.flatMap { Int32($0) })
            let folder = String(try #require(words.last))
            try await Self.waitForEnd(of: id)
            try await EmbeddedCluster.with { cluster in
                // Another test's cluster may be at the tidying just now.
                while FileManager.default.fileExists(atPath: folder) { try await Task.sleep(for: .milliseconds(10)) }
                #expect(FileManager.default.fileExists(atPath: cluster.socketDirectory))
            }
        }
    }

    @Test func `the server ends with an owner that only exits`() async throws {
        try await TemporaryFolder.with { temporary in
            let note = temporary.file("note")
            await #expect(processExitsWith: .exitCode(3)) { [note = note as String] in
                let cluster = try await EmbeddedCluster.start()
                try Data("\(cluster.processID)".utf8).write(to: URL(filePath: note))
                cluster.endAtExit()
                exit(3)
            }
            let id = try #require(Int32(temporary.read("note")))
            try await Self.waitForEnd(of: id)
        }
    }

    @Test func `missing programs are named with their package`() {
        let empty = #expect(throws: EmbeddedPostgresError.self) {
            try ServerBinaries.find(environment: ["PG_BINDIR": "/nowhere"])
        }
        #expect(empty?.description.contains("/nowhere") == true)
        #expect(throws: Never.self) { try ServerBinaries.find(environment: [:]) }
    }
}
