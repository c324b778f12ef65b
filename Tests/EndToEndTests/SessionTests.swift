import TestSupport
import Testing

/// What the database, the role, or another check has set decides neither what is found nor whether a run works.
@Suite(.timeLimit(.minutes(20)))
struct SessionTests {
    private static let table =
        "CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad')"

    private static func name(of conninfo: String) throws -> String {
        try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
    }

    @Test(arguments: [
        "set_config('row_security', 'on', false)", "set_config('row_security', 'on', true)", "loosened()",
        "set_config('role', 'session_keeper', false)",
    ])
    func `F02: a check cannot change what the next one sees`(call: String) async throws {
        let role = "session_" + String(call.utf8.reduce(0) { ($0 * 31 + Int($1)) % 100_000 })
        try await withDatabase(loading: [
            Self.table, "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE ROLE \(role) LOGIN",
            "GRANT SELECT ON t TO \(role)",
            """
            CREATE FUNCTION loosened() RETURNS text LANGUAGE plpgsql AS $$
            BEGIN PERFORM set_config('row_security', 'on', false); RETURN 'x'; END $$
            """,
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                let call = call.replacing("session_keeper", with: role)
                try folder.suite([
                    "a": check("a", "SELECT 1 WHERE \(call) IS NULL"), "b": check("b", "SELECT id FROM t"),
                ])
                let result = try await assay(
                    [
                        "audit", "--suite", "suite", "--database", "\(conninfo) user=\(role)", "--jobs", "1",
                        "--no-site",
                    ],
                    in: folder
                )
                #expect(result.status == 2, "\(result.stdout)")
                let record = try folder.record()
                #expect(record.check("b")?.error?.contains("row-level security") == true)
                if !call.contains("role") || call.contains("row") {
                    #expect(record.check("a")?.error?.contains("it changed the setting row_security") == true)
                }
            }
            try await psql("DROP OWNED BY \(role); DROP ROLE \(role)", at: conninfo)
        }
    }

    @Test(arguments: [
        ("set_config('app.tenant', 'x', false)", "SELECT 1 WHERE current_setting('app.tenant', true) = 'x'"),
        (
            "pg_try_advisory_lock(4711)",
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND pid = pg_backend_pid()"
        ),
    ])
    func `F02: what a check leaves on the connection is gone before the next`(call: String, find: String)
        async throws
    {
        try await withDatabase(loading: [
            """
            CREATE FUNCTION leave() RETURNS text LANGUAGE plpgsql AS $$
            BEGIN PERFORM \(call); RETURN 'x'; END $$
            """
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": check("a", "SELECT 1 WHERE leave() IS NULL"), "b": check("b", find)])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--jobs", "1", "--no-site"],
                    in: folder
                )
                #expect(result.status == 0, "\(result.stdout)")
                #expect(try folder.record().check("b")?.status == "clear")
            }
        }
    }

    @Test func `F02: a fix or trigger that changes the settings is rolled back`() async throws {
        try await withDatabase(loading: [
            Self.table,
            """
            CREATE FUNCTION loosen() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM set_config('search_path', 'pg_catalog', false); RETURN NEW; END $$
            """,
            "CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION loosen()",
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                let suite = fixing("a", find: "SELECT id FROM public.t WHERE state = 'bad'")
                    .replacing("repairs: t", with: "repairs: public.t").replacing("UPDATE t", with: "UPDATE public.t")
                try folder.suite(["a": suite])
                let result = try await assay(
                    [
                        "audit", "--fix", "--expect", try Self.name(of: conninfo), "--suite", "suite", "--no-site",
                        "--database", conninfo,
                    ],
                    in: folder
                )
                #expect(result.status == 2)
                #expect(result.stdout.contains("search_path"), "\(result.stdout)\(result.stderr)")
                #expect(try await psql("SELECT count(*) FROM t WHERE state = 'bad'", at: conninfo) == "2")
            }
        }
    }

    @Test func `F04: days are those of the database's time zone, and dates are read in its order`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE orders (id int PRIMARY KEY, placed timestamptz, day date, due text)",
            """
            INSERT INTO orders VALUES (1, '2026-03-10 22:30-04', '2026-03-10', '05/12/2026'),
                (2, '2026-03-10 12:00-04', '2026-03-10', '31/12/2026')
            """,
            """
            DO $$ BEGIN
            EXECUTE format('ALTER DATABASE %I SET timezone = ''America/New_York''', current_database());
            EXECUTE format('ALTER DATABASE %I SET datestyle = ''German, DMY''', current_database());
            END $$
            """,
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "day": check("day", "SELECT o.id, o.day FROM orders AS o WHERE o.day <> o.placed::date"),
                    "due": check("due", "SELECT id, due::date, placed FROM orders WHERE due::date < '2026-12-31'"),
                ])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--no-site"],
                    in: folder
                )
                #expect(result.status == 1, "\(result.stdout)")
                let record = try folder.record()
                #expect(record.check("day")?.status == "clear" && record.check("due")?.before == 1)
                #expect(record.database.timeZone == "America/New_York")
                // Written so that nobody can misread it, whatever the database's own style.
                #expect(
                    try folder.rows("findings/due.csv") == [
                        ["id": "1", "due": "2026-12-05", "placed": "2026-03-10 22:30:00-04"]
                    ]
                )
            }
        }
    }

    @Test func `F04: what was repaired in one time zone is taken back in another`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE t (id int PRIMARY KEY, state text, placed timestamptz)",
            "INSERT INTO t VALUES (1, 'bad', '2026-03-10 22:30-04')",
        ]) { conninfo in
            let name = try Self.name(of: conninfo)
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": fixing("a")])
                let common = ["--expect", name, "--suite", "suite", "--no-site", "--database", conninfo]
                let fixed = try await assay(["audit", "--fix"] + common, in: folder)
                #expect(fixed.status == 0, "\(fixed.stderr)")
                try await psql("ALTER DATABASE \(name) SET timezone = 'Asia/Tokyo'", at: conninfo)
                let undone = try await assay(["undo", try #require(folder.runs().last)] + common, in: folder)
                #expect(undone.status == 0 && undone.stdout.contains("1 row taken back"), "\(undone.stdout)")
            }
        }
    }

    @Test(arguments: [
        "idle_session_timeout = '1s'", "idle_in_transaction_session_timeout = '1s'", "quote_all_identifiers = on",
        "exit_on_error = on", "standard_conforming_strings = off", "default_transaction_read_only = on",
        "bytea_output = escape", "extra_float_digits = -10", "IntervalStyle = sql_standard",
    ])
    func `F12, F19: a setting of the database keeps nothing from being repaired and undone`(setting: String)
        async throws
    {
        try await withDatabase(loading: [Self.table]) { conninfo in
            let name = try Self.name(of: conninfo)
            try await psql("ALTER DATABASE \(name) SET \(setting)", at: conninfo)
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "a": fixing("a"),
                    "slow": check("slow", "SELECT 1 FROM (SELECT pg_sleep(1.5)) AS s (x) WHERE s.x IS NULL"),
                ])
                let common = ["--expect", name, "--suite", "suite", "--no-site", "--database", conninfo]
                let fixed = try await assay(["audit", "--fix"] + common, in: folder)
                #expect(fixed.status == 0, "\(fixed.stdout)\(fixed.stderr)")
                let run = try #require(folder.runs().last)
                let undone = try await assay(["undo", run] + common, in: folder)
                #expect(undone.status == 0, "\(undone.stdout)\(undone.stderr)")
                #expect(undone.stdout.contains("2 rows taken back"), "\(undone.stdout)")
                try await psql("BEGIN READ WRITE; DROP SCHEMA assay CASCADE; COMMIT", at: conninfo)
            }
        }
    }

    @Test func `F30: many warnings are one line`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 20000)",
            """
            CREATE FUNCTION noisy(n int) RETURNS int LANGUAGE plpgsql AS $$
            BEGIN RAISE WARNING 'deprecated %', n; RETURN n; END $$
            """,
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": check("a", "SELECT id FROM t WHERE noisy(id) < 0")])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--no-site", "--quiet"],
                    in: folder
                )
                #expect(result.status == 0)
                #expect(result.stderr == "assay: warning: 20,000 warnings, such as: deprecated 1\n")
            }
        }
    }

    @Test func `B7: a field of two characters is written alike, with and without parameters`() async throws {
        let rows = #"SELECT * FROM (VALUES (1, '\.'), (2, '')) AS v (id, text)"#
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                func parameterized(_ id: String, _ find: String) -> String {
                    check(id, find).replacing("kind: integrity", with: "kind: integrity\nparameters: { least: 0 }")
                }
                try folder.suite([
                    "plain": check("plain", "\(rows) WHERE id > 0"),
                    "bound": parameterized("bound", "\(rows) WHERE id > :least::int"),
                    "one": check("one", "SELECT text FROM (\(rows)) AS w"),
                    "one-bound": parameterized("one-bound", "SELECT text FROM (\(rows)) AS w WHERE id > :least::int"),
                ])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--no-site"],
                    in: folder
                )
                #expect(result.status == 1, "\(result.stdout)")
                let run = try #require(folder.runs().last)
                func findings(_ id: String) throws -> String {
                    try folder.read("output/runs/\(run)/findings/\(id).csv")
                }
                #expect(try findings("plain") == findings("bound"))
                #expect(try findings("one") == findings("one-bound"))
            }
        }
    }
}
