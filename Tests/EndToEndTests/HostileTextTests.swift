import FoundationEssentials
import TestSupport
import Testing

/// What comes from data can neither steer a terminal nor be read where it is not asked for.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct HostileTextTests {
    /// Nothing but line ends is a control character, and no mark turns the direction of the text.
    private static func isHarmless(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n"
                || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
                    && !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        }
    }

    private static let hostile = #"E'\x1b]0;owned\x07\x1b[31m\u009b2J\u202etxt\nassay: all is clear\r'"#

    @Test("C1: escape sequences of data never reach terminal or log", arguments: ["human", "json"])
    func escapes(format: String) async throws {
        let sql = """
            CREATE TABLE t (id int PRIMARY KEY, s text);
            INSERT INTO t VALUES (1, \(Self.hostile));
            CREATE FUNCTION loud(s text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING '%', s; RETURN s; END $$;
            CREATE FUNCTION refuse(s text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', s; END $$;
            """
        try await withDatabase(loading: [sql]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "cast": check("cast", "SELECT id FROM t WHERE s::date = now()"),
                    "loud": check("loud", "SELECT id FROM t WHERE loud(s) = ''"),
                    "raised": check("raised", "SELECT id FROM t WHERE refuse(s) = ''"),
                    "user": check("user", "SELECT id, s FROM t", user: "s"),
                ])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--verbose", "--format", format],
                    in: folder
                )
                #expect(result.status == 2)
                #expect(Self.isHarmless(result.stderr), "\(result.stderr.debugDescription)")
                if format == "human" { #expect(Self.isHarmless(result.stdout), "\(result.stdout.debugDescription)") }
                // A line of data begins no line of ours.
                #expect(!(result.stdout + result.stderr).contains("\nassay: all is clear"))
                #expect(result.stderr.contains("warning: ␛]0;owned␇"))
            }
        }
    }

    @Test("C1: what the journal holds is shown with signs, and so are a wrong check and a wrong option")
    func journal() async throws {
        try await withDatabase { conninfo in
            let sql = try await Program.run(["sql", "journal"]).stdout
            let row = """
                INSERT INTO assay.runs (id, mode, suite, suite_digest, role)
                    VALUES (\(Self.hostile), 'fix', \(Self.hostile), '', \(Self.hostile));
                INSERT INTO assay.repairs (run, check_id, batch, table_name, operation, key)
                    VALUES (\(Self.hostile), \(Self.hostile), 1, 't', 'insert', '{}')
                """
            try await TestDatabase.load([sql, row], into: conninfo)
            let history = try await Program.run(["history", "--database", conninfo])
            #expect(history.status == 0 && Self.isHarmless(history.stdout), "\(history.stdout.debugDescription)")
            for arguments in [
                ["audit", "--che\u{1B}[31mck"], ["audit", "\u{1B}]0;x\u{07}"], ["\u{1B}[2J"],
                ["audit", "--suite", "\u{1B}[2J\u{202E}"], ["audit", "--database", "\u{1B}[2J://x"] + Broadcast.suite,
            ] {
                let wrong = try await Program.run(arguments)
                #expect(
                    [64, 65].contains(wrong.status) && Self.isHarmless(wrong.stderr),
                    "\(wrong.stderr.debugDescription)"
                )
            }
        }
    }

    @Test("C2: a value that breaks a query is in no message, record, page or document")
    func values() async throws {
        let sql = """
            CREATE TABLE t (id int PRIMARY KEY, s text, u text UNIQUE, CHECK (id < 100));
            INSERT INTO t VALUES (1, 'SEC"RET', 'SECRET-1'), (2, 'SECRET', 'SECRET-2');
            CREATE TYPE mood AS ENUM ('good');
            CREATE FUNCTION refuse(s text) RETURNS text LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'no plan for "%"', s USING DETAIL = s, HINT = s; END $$;
            """
        let queries = [
            "SELECT id FROM t WHERE s::int = 1", "SELECT id FROM t WHERE s::date = now()",
            "SELECT id FROM t WHERE s::uuid IS NULL", "SELECT id FROM t WHERE s::json IS NULL",
            "SELECT id FROM t WHERE s::mood IS NULL", "SELECT id FROM t WHERE to_date(s, 'YYYY') IS NULL",
            "SELECT id FROM t WHERE refuse(s) IS NULL", "SELECT id FROM t WHERE ('{' || s)::text[] IS NULL",
            "SELECT id FROM t WHERE date_trunc(s, now()) IS NULL",
        ]
        let fixes = [
            "INSERT INTO t SELECT v.id + 10, 'x', 'SECRET-2' FROM violations AS v",
            "INSERT INTO t SELECT v.id + 1000, 'x', 'SECRET-9' FROM violations AS v",
            "UPDATE t SET id = t.s::int FROM violations AS v WHERE t.id = v.id",
        ]
        try await withDatabase(loading: [sql]) { conninfo in
            try await TemporaryFolder.with { folder in
                var checks: [String: String] = [:]
                for (index, query) in queries.enumerated() { checks["q\(index)"] = check("q\(index)", query) }
                for (index, fix) in fixes.enumerated() {
                    let head = "kind: integrity\nkey: id\nrepairs: t\nfix_limits: { rows: 10 }\n"
                    checks["f\(index)"] =
                        check("f\(index)", "SELECT id FROM t WHERE id = 1")
                        .replacing("kind: integrity\n", with: head) + "```sql fix\n\(fix)\n```\n"
                }
                try folder.suite(checks)
                let documents = "progress: { path: PROGRESS.md }, bugs: { path: BUGS.md }"
                try folder.write("documents: { \(documents) }\n", to: "assay.yml")
                let name = try await psql("SELECT current_database()", at: conninfo)
                let result = try await assay(
                    ["audit", "--fix", "--verbose", "--suite", "suite", "--database", conninfo, "--expect", name],
                    in: folder
                )
                #expect(result.status == 2)
                let record = try folder.record()
                for index in queries.indices { #expect(record.check("q\(index)")?.status == "error", "q\(index)") }
                // The reason stays.
                #expect(record.check("q0")?.error?.contains("invalid input syntax for type integer") == true)
                #expect(record.check("q6")?.error?.contains("no plan for \"…\"") == true)
                #expect(record.check("f0")?.error?.contains("t_u_key") == true)
                #expect(!result.stdout.contains("SECRET") && !result.stdout.contains("RET"), "\(result.stdout)")
                #expect(!result.stderr.contains("SECRET"), "\(result.stderr)")
                for file in folder.files() where file.hasPrefix("output/") || file.hasSuffix(".md") {
                    // The fixes and queries of the check files stand on the pages, as they are written.
                    let text = try folder.read(file).replacing("'SECRET-2'", with: "").replacing("'SECRET-9'", with: "")
                        .replacing("&#39;SECRET-2&#39;", with: "").replacing("&#39;SECRET-9&#39;", with: "")
                    if !file.hasPrefix("suite/") {
                        #expect(!text.contains("SECRET") && !text.contains("SEC\""), "\(file)")
                    }
                }
            }
        }
    }
}
