import EmbeddedPostgres
import TestSupport
import Testing

/// How a run ends, for a script that looks at nothing else.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct ExitCodeTests {
    @Test func `sound data is all clear`() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(["audit", "--database", Broadcast.sound] + Broadcast.suite, in: folder)
            #expect(result.status == 0 && result.stderr == "")
            #expect(result.stdout.hasPrefix("Broadcast manager: All 13 checks are clear\n"))
            #expect(try folder.record().outcome == "clear")
        }
    }

    @Test(arguments: [
        ("error", [1, 0, 0, 0]), ("warning", [1, 1, 0, 0]), ("info", [1, 1, 1, 0]), ("never", [0, 0, 0, 0]),
    ])
    func `fail-on sets what counts`(failOn: String, statuses: [Int]) async throws {
        try await TemporaryFolder.with { folder in
            let severities = ["error", "warning", "info"]
            var checks = Dictionary(
                uniqueKeysWithValues: severities.map { ($0, check($0, "SELECT 1 AS x", severity: $0)) }
            )
            checks["nothing"] = check("nothing", "SELECT 1 AS x WHERE false")
            try folder.suite(checks)
            for (name, status) in zip(severities + ["nothing"], statuses) {
                let result = try await assay(
                    [
                        "audit", "--suite", "suite", "--database", Broadcast.sound, "--check", name, "--fail-on",
                        failOn, "--no-site",
                    ],
                    in: folder
                )
                #expect(result.status == status, "\(name)")
                #expect(result.stdout.contains("\n  · skipped         3  not selected by --check\n"))
            }
        }
    }

    @Test func `what cannot be measured outranks violations, and never passes`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite([
                "found": check("found", "SELECT 1 AS x"),
                "missing": check("missing", "SELECT x\nFROM nowhere"),
                "slow": check("slow", "SELECT pg_sleep(100) AS x"),
            ])
            let result = try await assay(
                [
                    "audit", "--suite", "suite", "--database", Broadcast.sound, "--fail-on", "never",
                    "--statement-timeout", "1s",
                ],
                in: folder
            )
            #expect(result.status == 2)
            #expect(result.stdout.contains("1 of 3 checks fails, 2 could not be measured"))
            let record = try folder.record()
            #expect(
                record.check("missing")?.error
                    == #"suite/missing.md:13:6: relation "nowhere" does not exist (SQLSTATE 42P01)"#
            )
            #expect(record.check("slow")?.error?.contains("took longer than 1s and was cancelled") == true)
            #expect(try folder.rows("findings/found.csv").count == 1)
            #expect(!folder.exists("output/runs/\(record.id)/findings/slow.csv"))
        }
    }

    @Test func `a lock that is held too long is told, and the rest is measured`() async throws {
        try await withDatabase(loading: ["CREATE TABLE busy (x int)"]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["busy": check("busy", "TABLE busy"), "free": check("free", "SELECT 1 WHERE false")])
                try await holding("LOCK TABLE busy", at: conninfo) {
                    let result = try await assay(
                        ["audit", "--suite", "suite", "--database", conninfo, "--lock-timeout", "100ms"],
                        in: folder
                    )
                    #expect(result.status == 2)
                    let record = try folder.record()
                    #expect(record.check("free")?.status == "clear")
                    #expect(record.check("busy")?.error?.contains("longer than 100ms for a lock") == true)
                }
            }
        }
    }

    @Test func `passwords, a refused login, and a server that stops`() async throws {
        let options = ClusterOptions(accessRules: ["local all ann scram-sha-256"])
        try await EmbeddedCluster.with(options) { cluster in
            try await psql("CREATE ROLE ann LOGIN PASSWORD 'right s3cret'", at: cluster.conninfo())
            try await TemporaryFolder.with { folder in
                try folder.suite(["slow": check("slow", "SELECT pg_sleep(100) AS x")])
                let ann = "host=\(cluster.socketDirectory) user=ann dbname=postgres"
                func audit(_ more: String, _ environment: [String: String] = [:]) async throws -> Program.Result {
                    try await assay(
                        ["audit", "--check", "slow", "--suite", "suite", "--database", "\(ann) \(more)"]
                            + ["--statement-timeout", "300ms"],
                        environment: environment,
                        in: folder
                    )
                }
                let before = folder.files()
                let wrong = try await audit("password='wrong s3cret'")
                #expect(wrong.status == 77)
                #expect(wrong.stderr.contains(#"password authentication failed for user "ann""#))
                #expect(wrong.stderr.contains("Check the user, its password (PGPASSWORD or ~/.pgpass)"))
                let none = try await audit("passfile=/dev/null")
                #expect(none.status == 77 && none.stderr.contains("no password supplied"))
                #expect(folder.files() == before)

                #expect(try await audit("", ["PGPASSWORD": "right s3cret"]).status == 2)
                #expect(try await audit("password='right s3cret'").status == 2)
                for name in folder.files() where !name.hasPrefix("suite/") {
                    #expect(try !folder.read(name).contains("s3cret"), "\(name)")
                }
                for result in [wrong, none] { #expect(!(result.stdout + result.stderr).contains("s3cret")) }

                let published = folder.files()
                let stopped = try await assay(
                    ["audit", "--suite", "suite", "--database", cluster.conninfo()],
                    in: folder
                ) { _ in
                    try await eventually { try await isSleeping(at: cluster.conninfo()) }
                    await cluster.stop()
                }
                #expect(stopped.status == 69 && stopped.stdout == "")
                #expect(stopped.stderr.contains("The connection to the database was lost"))
                #expect(stopped.stderr.contains("Check that the server runs and that --database names it."))
                #expect(folder.files() == published)
            }
        }
    }
}

/// Whether an audit's `pg_sleep` runs in a database.
func isSleeping(at conninfo: String) async throws -> Bool {
    let sql = """
        SELECT count(*) > 0 FROM pg_stat_activity
        WHERE application_name LIKE 'assay/%' AND datname = current_database() AND state = 'active'
            AND query LIKE '%pg_sleep(100)%'
        """
    return try await psql(sql, at: conninfo) == "t"
}

/// Runs `body` while a transaction that has done what `sql` says stays open.
func holding(_ sql: String, at conninfo: String, _ body: () async throws -> Void) async throws {
    let name = "holder-\(UInt32.random(in: 0 ... .max))"
    _ = try await Program.run(
        ["--no-psqlrc", "-q", "-d", "\(conninfo) application_name=\(name)"],
        executable: "psql",
        stdin: "BEGIN; \(sql); SELECT pg_sleep(1000);"
    ) { holder in
        defer { holder.signal(15) }
        let sleeping = "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(name)'"
        try await eventually { try await psql(sleeping + " AND query LIKE '%pg_sleep%'", at: conninfo) == "1" }
        try await body()
        try await psql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '\(name)'",
            at: conninfo
        )
    }
}
