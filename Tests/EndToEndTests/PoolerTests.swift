import TestSupport
import Testing

/// Behind a pooler two transactions may meet two sessions, and other clients' settings.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PoolerTests {
    private static let table = "CREATE TABLE t (id int PRIMARY KEY, state text)"
    private static let rows =
        "INSERT INTO t SELECT i, CASE WHEN i <= 40 THEN 'bad' ELSE 'ok' END FROM generate_series(1, 100) AS i"

    private static func pooled(_ conninfo: String, at address: String) throws -> (conninfo: String, name: String) {
        let name = try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
        return ("\(address) user=audit dbname=\(name)", name)
    }

    @Test func `B1: audit, fix and undo behind a pooler of transactions, whose sessions stay as they were`()
        async throws
    {
        try await withDatabase(loading: [Self.table, Self.rows]) { direct in
            try await Pooler.with { address in
                let (conninfo, name) = try Self.pooled(direct, at: address)
                try await TemporaryFolder.with { folder in
                    try folder.suite(["a": fixing("a"), "b": check("b", "SELECT id FROM t WHERE id > 100")])
                    let common = ["--suite", "suite", "--database", conninfo, "--no-site"]
                    let audited = try await assay(["audit"] + common, in: folder)
                    #expect(audited.status == 1 && audited.stderr == "", "\(audited.stderr)")
                    let fixed = try await assay(
                        ["audit", "--fix", "--batch", "15", "--expect", name] + common,
                        in: folder
                    )
                    #expect(fixed.status == 0 && fixed.stderr == "", "\(fixed.stderr)")
                    #expect(try folder.record().check("a")?.repaired == 40)
                    let run = try #require(folder.runs().last)
                    let undone = try await assay(["undo", run, "--expect", name] + common, in: folder)
                    #expect(undone.status == 0 && undone.stderr == "", "\(undone.stderr)")
                    #expect(try await psql("SELECT count(*) FROM t WHERE state = 'bad'", at: direct) == "40")
                    let left = try await psql(
                        "SELECT current_setting('row_security'), current_setting('statement_timeout')",
                        at: conninfo
                    )
                    #expect(left == "on|0")
                }
            }
        }
    }

    @Test func `B1: what other clients left on a session hides no row`() async throws {
        let policies = [
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE ROLE auditor LOGIN", "GRANT SELECT ON t TO auditor",
            "CREATE SCHEMA other", "CREATE TABLE other.t (id int, state text)",
        ]
        try await withDatabase(loading: [Self.table, Self.rows] + policies) { direct in
            // One session for all clients.
            try await Pooler.with(["default_pool_size = 1"]) { address in
                let (conninfo, _) = try Self.pooled(direct, at: address)
                try await TemporaryFolder.with { folder in
                    try folder.suite(["a": check("a", "SELECT id FROM t WHERE state = 'bad'")])
                    let common = ["--suite", "suite", "--no-site", "--jobs", "1"]
                    let auditor = conninfo.replacing("user=audit", with: "user=auditor")
                    try await psql("SET row_security = on; SET statement_timeout = 1", at: auditor)
                    let hidden = try await assay(["audit", "--database", auditor] + common, in: folder)
                    #expect(hidden.status == 2, "\(hidden.stdout)\(hidden.stderr)")
                    #expect(try folder.record().check("a")?.error?.contains("row-level security") == true)

                    try await psql("SET search_path = other; SET ROLE auditor", at: conninfo)
                    let found = try await assay(["audit", "--database", conninfo] + common, in: folder)
                    #expect(found.status == 1, "\(found.stdout)\(found.stderr)")
                    #expect(try folder.record().check("a")?.before == 40)

                    try await psql("RESET ROLE; CREATE TEMPORARY TABLE t (id int, state text)", at: conninfo)
                    let covered = try await assay(["audit", "--database", conninfo] + common, in: folder)
                    #expect(covered.status == 78 && covered.stderr.contains("temporary tables of another client"))
                }
                try await psql("DROP OWNED BY auditor; DROP ROLE auditor", at: direct)
            }
        }
    }

    @Test func `B1: two runs that write keep apart behind a pooler`() async throws {
        try await withDatabase(loading: [Self.table, Self.rows]) { direct in
            try await Pooler.with { address in
                let (conninfo, name) = try Self.pooled(direct, at: address)
                try await TemporaryFolder.with { folder in
                    try folder.suite(["a": fixing("a"), "b": check("b", "SELECT pg_sleep(100)")])
                    let fix = [
                        "audit", "--fix", "--expect", name, "--suite", "suite", "--database", conninfo, "--no-site",
                    ]
                    let first = try await assay(fix, in: folder) { program in
                        try await eventually { try await isSleeping(at: direct) }
                        let second = try await assay(fix + ["--output", "second"], in: folder)
                        #expect(second.status == 75, "\(second.stderr)")
                        program.signal(15)
                    }
                    #expect(first.status == 143)
                    let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                    try await eventually { try await psql(locks, at: direct) == "0" }
                }
            }
        }
    }

    @Test func `B1: a setting that a pooler refuses is told with the server's reason`() async throws {
        try await withDatabase { direct in
            try await Pooler.with { address in
                let (conninfo, _) = try Self.pooled(direct, at: address)
                try await TemporaryFolder.with { folder in
                    try folder.suite(["a": check("a", "SELECT 1 WHERE false")])
                    let result = try await assay(
                        ["audit", "--suite", "suite", "--no-site", "--database", "\(conninfo) options='-c jit=off'"],
                        in: folder
                    )
                    #expect(result.status == 69 && result.stderr.contains("unsupported startup parameter"))
                }
            }
        }
    }
}
