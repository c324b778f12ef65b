import FoundationEssentials
import TestSupport
import Testing

/// `assay sql roles`: what it prints is enough, and no more than that, for whatever names a suite and a database have.
@Suite(.timeLimit(.minutes(20)))
struct RolesTests {
    /// A database that is closed to everybody but its owner.
    private static let schema = """
        CREATE SCHEMA app; CREATE SCHEMA kinds; CREATE SCHEMA hidden;
        CREATE TABLE public.violations (id int PRIMARY KEY);
        CREATE TABLE app.violations (id int PRIMARY KEY);
        INSERT INTO public.violations VALUES (1); INSERT INTO app.violations VALUES (1);
        CREATE TABLE fixed (id int PRIMARY KEY, ok bool NOT NULL); INSERT INTO fixed VALUES (1, false), (2, true);
        CREATE TABLE pg_things (id int); INSERT INTO pg_things VALUES (1);
        CREATE SEQUENCE app.counter;
        CREATE FUNCTION kinds.is_positive(n int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN n > 0; END';
        CREATE FUNCTION kinds.code() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; END $$;
        CREATE FUNCTION app.is_odd(n int) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN n % 2 = 1; END';
        REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA kinds, app FROM PUBLIC;
        CREATE DOMAIN kinds.number AS int CHECK (kinds.is_positive(VALUE));
        CREATE TABLE hidden.item (id int PRIMARY KEY, owner text);
        INSERT INTO hidden.item VALUES (1, 'ann'), (2, 'bob');
        CREATE TABLE "Odd 'Table" (id bigint PRIMARY KEY DEFAULT nextval('app.counter'), ref kinds.number UNIQUE,
            code text DEFAULT kinds.code(), CHECK (kinds.is_positive(length(code))));
        CREATE TABLE app.log (id serial PRIMARY KEY, what text);
        CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO app.log (what) VALUES (TG_OP); RETURN NULL; END $$;
        CREATE TRIGGER note AFTER INSERT ON "Odd 'Table" FOR EACH ROW EXECUTE FUNCTION app.note();
        CREATE TABLE app.base (id int PRIMARY KEY); INSERT INTO app.base VALUES (1), (2);
        CREATE VIEW app.shown WITH (security_invoker = true) AS SELECT id FROM app.base;
        CREATE TABLE part (id int, day int, bad bool, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (10);
        CREATE TABLE app.part_2 PARTITION OF part FOR VALUES FROM (10) TO (20);
        INSERT INTO part VALUES (1, 1, true), (2, 11, true), (3, 12, false);
        CREATE TABLE parent (id int PRIMARY KEY, ok bool NOT NULL); CREATE TABLE child () INHERITS (parent);
        INSERT INTO parent VALUES (1, false); INSERT INTO child VALUES (1, true);
        """

    private static func repairing(_ id: String, _ table: String, key: String = "id", find: String, fix: String)
        -> String
    {
        """
        ---
        id: \(id)
        kind: integrity
        key: \(key)
        repairs: \(table)
        ---

        # \(id)

        ```sql find
        \(find)
        ```

        ```sql fix
        \(fix)
        ```

        """
    }

    private static let reads = [
        "named": check(
            "named",
            """
            WITH RECURSIVE fixed (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM fixed WHERE id < 3)
            SELECT v.id FROM public.violations AS v JOIN app.violations AS w USING (id) JOIN fixed USING (id)
            WHERE app.is_odd(v.id::kinds.number)
            """
        ),
        "seen": statistic(
            "seen",
            """
            SELECT (SELECT count(*) FROM app.shown) AS shown, (SELECT count(*) FROM pg_things) AS things,
                (SELECT count(*) FROM pg_class) AS relations, (SELECT last_value FROM app.counter) AS last
            """
        ),
    ]
    private static let repairs = [
        "plain": repairing(
            "plain",
            "fixed",
            find: "SELECT id FROM fixed WHERE NOT ok",
            fix: "UPDATE fixed SET ok = true FROM violations AS v WHERE fixed.id = v.id"
        ),
        "odd": repairing(
            "odd",
            "Odd 'Table\nalso_writes: app.log",
            key: "ref",
            find: "SELECT id AS ref FROM item WHERE NOT EXISTS (SELECT FROM \"Odd 'Table\" AS o WHERE o.ref = item.id)",
            fix: "INSERT INTO \"Odd 'Table\" (ref) SELECT ref FROM violations"
        ),
        "parts": repairing(
            "parts",
            "part",
            key: "[id, day]",
            find: "SELECT id, day FROM part WHERE bad",
            fix: "DELETE FROM part USING violations AS v WHERE part.id = v.id AND part.day = v.day"
        ),
        "alone": repairing(
            "alone",
            "parent",
            find: "SELECT id FROM ONLY parent WHERE NOT ok",
            fix: "UPDATE ONLY parent SET ok = true FROM violations AS v WHERE parent.id = v.id"
        ),
    ]

    /// Applies SQL as an administrator does; the first error ends it.
    private func apply(_ sql: String, at conninfo: String) async throws {
        let result = try await Program.run(
            ["--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-q", "-d", conninfo],
            executable: "psql",
            stdin: sql
        )
        #expect(result.status == 0, "\(result.stderr)\n\(sql)")
    }

    /// A closed database with the roles, their names' quoting and the suite.
    private func withRoles(
        _ names: [String],
        checks: [String: String],
        _ body: (_ roles: [String], _ conninfo: String, _ database: String, TemporaryFolder) async throws -> Void
    ) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let database = try await psql("SELECT current_database()", at: conninfo)
            try await psql("ALTER DATABASE \(database) SET search_path = hidden, public", at: conninfo)
            let roles = names.map { "\($0)_\(database)" }
            let quoted = roles.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
            for role in quoted { try await psql("CREATE ROLE \(role) LOGIN", at: conninfo) }
            try await TemporaryFolder.with { folder in
                try folder.suite(checks)
                try await body(roles, conninfo, database, folder)
            }
            try await psql("DROP OWNED BY \(quoted.joined(separator: ", "))", at: conninfo)
            try await psql("DROP ROLE \(quoted.joined(separator: ", "))", at: conninfo)
        }
    }

    private func login(_ role: String, _ conninfo: String) -> String {
        "\(conninfo) user='\(role.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }

    @Test(
        "B6, F28: what is printed is enough for an audit, a fix and an undo, whatever the names are",
        arguments: [
            ["reader", "fixer"], ["re\nader\n; SELECT 1/0", "fix\r'er $assay$ \"x\" \\"], ["Select", "current user"],
        ]
    )
    func isEnough(names: [String]) async throws {
        let checks = Self.reads.merging(Self.repairs) { one, _ in one }
        try await withRoles(names, checks: checks) { roles, conninfo, database, folder in
            let printed = try await assay(
                ["sql", "roles", "--suite", "suite", "--reader", roles[0], "--fixer", roles[1]],
                in: folder
            )
            #expect(printed.status == 0, "\(printed.stderr)")
            let journal = try await assay(["sql", "journal"], in: folder)
            try await apply(journal.stdout, at: conninfo)
            for _ in 1...2 { try await apply(printed.stdout, at: conninfo) }
            let common = ["--suite", "suite", "--no-site", "--expect", database]
            let read = try await assay(["audit", "--database", login(roles[0], conninfo)] + common, in: folder)
            #expect(read.status == 1, "\(read.stdout)\(read.stderr)")
            #expect(try folder.record().coverage.notMeasured.isEmpty, "\(read.stdout)")
            let history = try await assay(["history", "--database", login(roles[0], conninfo)], in: folder)
            #expect(history.status == 0, "\(history.stderr)")
            let fixed = try await assay(
                ["audit", "--fix", "--database", login(roles[1], conninfo)] + common,
                in: folder
            )
            #expect(fixed.status == 1 && fixed.stdout.contains("6 rows repaired"), "\(fixed.stdout)\(fixed.stderr)")
            #expect(try folder.record().coverage.notMeasured.isEmpty, "\(fixed.stdout)")
            let run = try folder.record().id
            let undone = try await assay(["undo", run, "--database", login(roles[1], conninfo)] + common, in: folder)
            // The trigger's table keeps its rows, and `parent` has its row of before.
            #expect(undone.stdout.contains("6 rows"), "\(undone.stdout)\(undone.stderr)")
            #expect(try await psql("SELECT count(*) FROM \"Odd 'Table\"", at: conninfo) == "0")
            #expect(try await psql("SELECT count(*) FROM part", at: conninfo) == "3")
            let writes = try await psql(
                """
                SELECT count(*) FROM pg_class AS c, aclexplode(c.relacl) AS a JOIN pg_roles AS r ON r.oid = a.grantee
                WHERE r.rolname ~ '_\(database)$' AND a.privilege_type NOT IN ('SELECT', 'USAGE')
                    AND r.rolname !~ '^(fix|current)'
                """,
                at: conninfo
            )
            #expect(writes == "0", "the reader may write")
        }
    }

    @Test("B6, D: a reader alone needs no journal, and gets nothing of it")
    func readerAlone() async throws {
        try await withRoles(["reader"], checks: Self.reads.merging(Self.repairs) { one, _ in one }) {
            roles,
            conninfo,
            _,
            folder in
            let printed = try await assay(["sql", "roles", "--suite", "suite", "--reader", roles[0]], in: folder)
            #expect(printed.status == 0 && !printed.stdout.contains("fixer"), "\(printed.stdout)")
            // There is no journal here.
            try await apply(printed.stdout, at: conninfo)
            let read = try await assay(
                ["audit", "--suite", "suite", "--no-site", "--database", login(roles[0], conninfo)],
                in: folder
            )
            #expect(try folder.record().coverage.notMeasured.isEmpty, "\(read.stdout)\(read.stderr)")
        }
        try await TemporaryFolder.with { folder in
            try folder.suite(Self.reads)
            // Nothing can be repaired: no fixer, and no history to read.
            let printed = try await assay(["sql", "roles", "--suite", "suite"], in: folder)
            #expect(!printed.stdout.contains("fixer") && !printed.stdout.contains("assay.runs"), "\(printed.stdout)")
        }
    }

    @Test("B6: a name that is everybody's or nobody's is refused", arguments: ["public", ""])
    func noRole(name: String) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(Self.reads)
            let printed = try await assay(["sql", "roles", "--suite", "suite", "--reader", name], in: folder)
            #expect(printed.status == 64 && printed.stdout == "", "\(printed.stdout)")
        }
    }

    @Test("B6: SQL that is newer than the parser is told in a comment")
    func newerSQL() async throws {
        try await TemporaryFolder.with { folder in
            let newer = "SELECT id FROM fixed, JSON_TABLE('[1]', '$[*]' COLUMNS (n int PATH '$')) AS j"
            try folder.suite(["newer": check("newer", newer), "seen": Self.reads["seen"] ?? ""])
            let printed = try await assay(["sql", "roles", "--suite", "suite"], in: folder)
            #expect(printed.status == 0, "\(printed.stderr)")
            #expect(printed.stdout.contains("--     suite/newer.md:12"), "\(printed.stdout)")
            #expect(printed.stdout.contains("GRANT SELECT ON app.shown"), "\(printed.stdout)")
        }
    }
}
