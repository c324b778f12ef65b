import EmbeddedPostgres
import FoundationEssentials
import TestSupport
import Testing

/// A server that speaks another language is understood by its codes.
@Suite(
    .serialized,
    .timeLimit(.minutes(20)),
    .enabled(if: FileManager.default.fileExists(atPath: "/usr/share/locale/ru/LC_MESSAGES/postgres-15.mo"))
)
struct LanguageTests {
    private static let sql = """
        CREATE TABLE t (id int PRIMARY KEY, s text); INSERT INTO t VALUES (1, 'SECRET');
        CREATE ROLE aud LOGIN; CREATE ROLE shut LOGIN; CREATE ROLE few LOGIN CONNECTION LIMIT 0;
        CREATE ROLE mute; GRANT SELECT ON t TO aud; CREATE TABLE other ();
        ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (false);
        """

    @Test("F18: exit codes and reasons are the same in Russian")
    func russian() async throws {
        let options = ClusterOptions(
            settings: ["lc_messages": "C.UTF-8"],
            accessRules: ["local all shut reject"],
            language: "ru"
        )
        try await EmbeddedCluster.with(options) { cluster in
            try await TestDatabase.load([Self.sql], into: cluster.conninfo())
            // Without the catalog of messages the server speaks English after all.
            guard cluster.log.unicodeScalars.contains(where: { $0.value > 0x400 }) else { return }
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "cast": check("cast", "SELECT id FROM t WHERE s::int = 1"),
                    "one": check("one", "SELECT id FROM t"), "other": check("other", "SELECT 1 FROM other"),
                    "slow": check("slow", "SELECT pg_sleep(100) AS x"),
                ])
                func audit(_ user: String, _ more: [String]) async throws -> Program.Result {
                    let database = "host=\(cluster.socketDirectory) dbname=postgres user=\(user)"
                    return try await assay(["audit", "--suite", "suite", "--database", database] + more, in: folder)
                }
                for user in ["nobody_at_all", "shut", "mute"] {
                    let refused = try await audit(user, [])
                    #expect(refused.status == 77, "\(refused.stderr)")
                    #expect(refused.stderr.contains("The login to database \"postgres\""))
                    #expect(refused.stderr.contains("Check the user, its password"))
                }
                let full = try await audit("few", [])
                #expect(full.status == 69 && full.stderr.contains("SQLSTATE 53300"), "\(full.stderr)")
                #expect(full.stderr.contains("CONNECTION LIMIT of the role"))

                let hidden = try await audit("aud", ["--check", "one", "--check", "other"])
                #expect(hidden.status == 2, "\(hidden.stderr)")
                let record = try folder.record()
                #expect(record.check("one")?.error?.contains("BYPASSRLS") == true)
                #expect(record.check("other")?.error?.contains("Grant it to the role") == true)

                let cast = try await audit(EmbeddedCluster.user, ["--check", "cast"])
                #expect(cast.status == 2 && !cast.stdout.contains("SECRET") && cast.stdout.contains("22P02"))

                let slow = ["--check", "slow", "--statement-timeout"]
                let late = try await audit(EmbeddedCluster.user, slow + ["200ms"])
                #expect(late.stdout.contains("took longer than 200ms"), "\(late.stdout)")
                let database = cluster.conninfo()
                let cancelled = try await assay(
                    ["audit", "--suite", "suite", "--database", database] + slow + ["10min"],
                    in: folder
                ) { _ in
                    try await eventually { try await isSleeping(at: database) }
                    let sql = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%'"
                    try await psql(sql + " AND pid <> pg_backend_pid()", at: database)
                }
                #expect(cancelled.stdout.contains("its statement was cancelled on the server"), "\(cancelled.stdout)")
            }
        }
    }
}
