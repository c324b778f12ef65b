import TestSupport
import Testing

/// Users and their figures, from the command line.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct UserTests {
    /// The fix leaves the first two rows, and the third is everybody's.
    private static let bad = """
        ---
        id: bad
        kind: integrity
        user: who
        key: id
        left_because: why
        repairs: t
        fix_limits: { rows: 100 }
        ---

        # Bad

        x

        ```sql find
        SELECT id, who, CASE WHEN id < 3 THEN 'kept' END AS why FROM t WHERE state = 'bad'
        ```

        ```sql fix
        UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id AND v.why IS NULL
        ```

        """

    /// Runs the program with an argument that is no UTF-8, as `printf` writes it.
    private func assayFor(user: String, _ arguments: [String], in folder: TemporaryFolder) async throws
        -> Program.Result
    {
        let script = #"user=$(printf "$1") && shift && exec "$@" --user "$user""#
        return try await Program.run(
            ["-c", script, "sh", user, Program.assay] + arguments,
            executable: "sh",
            in: folder.path
        )
    }

    @Test func `F23: bytes that are no UTF-8 are users of their own, in every run`() async throws {
        let options = "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
        let schema = #"""
            CREATE TABLE t (id int PRIMARY KEY, state text, who text);
            INSERT INTO t VALUES (1, 'bad', E'caf\xe9'), (2, 'bad', E'caf\xe8'), (3, 'bad', 'x'),
                (4, 'bad', E'caf\xe9'), (5, 'bad', E'caf\xe8')
            """#
        try await TestDatabase.with(loading: [schema], options: options) { conninfo in
            let name = try await psql("SELECT current_database()", at: conninfo)
            try await TemporaryFolder.with { folder in
                try folder.suite(["bad": Self.bad])
                let common = ["--suite", "suite", "--database", conninfo, "--no-site", "--expect", name]
                let one = try await assayFor(user: #"caf\351"#, ["audit"] + common, in: folder)
                #expect(one.status == 1 && one.stderr == "")
                #expect(try folder.record().check("bad")?.before == 2)
                let none = try await assayFor(user: #"caf\352"#, ["audit"] + common, in: folder)
                #expect(try none.status == 0 && folder.record().check("bad")?.before == 0)
                let all = try await assay(["audit", "--fix"] + common, in: folder)
                #expect(all.stderr == "")
                let fixed = try #require(try folder.record().check("bad"))
                #expect(fixed.repaired == 3 && fixed.after == 2 && fixed.error == nil && fixed.usersBefore == 3)
                let run = try folder.record().id
                let undone = try await assayFor(user: #"caf\350"#, ["undo", run] + common, in: folder)
                #expect(undone.status == 0, "\(undone.stderr)")
                let taken = try folder.rows("users.csv").filter { $0["repaired"] == "-1" }
                #expect(taken.map { $0["before"] } == ["1"], "the rows of one user stand in one line")
                let state = try await psql(
                    "SELECT string_agg(id::text, ',' ORDER BY id) FROM t WHERE state = 'bad'",
                    at: conninfo
                )
                #expect(state == "1,2,5")
                let rest = try await assay(["undo", run] + common, in: folder)
                #expect(rest.status == 0)
                #expect(try folder.record().check("bad")?.repaired == -2)
                let again = try await assayFor(user: #"caf\351"#, ["audit", "--fix"] + common, in: folder)
                #expect(try folder.record().check("bad")?.repaired == 1, "\(again.stderr)")
            }
        }
    }

    @Test func `F24: rows without a user are one user, for audit, fix and undo`() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, state text, who text);
            INSERT INTO t VALUES (3, 'bad', NULL), (4, 'bad', ''), (5, 'bad', 'ann'), (6, 'ok', NULL)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let name = try await psql("SELECT current_database()", at: conninfo)
            func bad() async throws -> String {
                try await psql("SELECT string_agg(id::text, ',' ORDER BY id) FROM t WHERE state = 'bad'", at: conninfo)
            }
            try await TemporaryFolder.with { folder in
                try folder.suite(["bad": Self.bad])
                let common = ["--suite", "suite", "--database", conninfo, "--no-site", "--expect", name]
                let audited = try await assay(["audit", "--user", ""] + common, in: folder)
                #expect(try audited.status == 1 && folder.record().check("bad")?.before == 2)
                let equals = try await assay(["audit", "--user=ann"] + common, in: folder)
                #expect(try equals.status == 1 && folder.record().check("bad")?.before == 1)
                _ = try await assay(["audit", "--fix", "--user", ""] + common, in: folder)
                #expect(try folder.record().check("bad")?.repaired == 2)
                #expect(try await bad() == "5")
                let run = try folder.record().id
                let undone = try await assay(["undo", run, "--user", ""] + common, in: folder)
                #expect(undone.status == 0)
                #expect(try await bad() == "3,4,5")
            }
        }
    }

    @Test func `A1, F03, F20: figures of every kind end with the right code and a record`() async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                func figure(_ sql: String, _ keys: String = "") -> String {
                    statistic("s", sql).replacing("kind: statistic", with: "kind: statistic\n" + keys)
                }
                let cases = [
                    (figure("SELECT 'Infinity'::float8 AS n, 'NaN'::numeric AS m"), 0),
                    (figure("SELECT 9007199254740993 AS n", #"limits: { n: { error: "> 9007199254740992" } }"#), 1),
                    (figure("SELECT interval '1 day' AS n", #"limits: { n: { error: "> 3600" } }"#), 2),
                    (figure("SELECT NULL::int AS n", #"limits: { n: { error: "> 3600" } }"#), 2),
                    (figure("SELECT 'a' AS n"), 2), (figure("SELECT 0.5 AS n", "format: { n: percent }"), 0),
                ]
                for (text, status) in cases {
                    try folder.suite(["s": text])
                    let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                    #expect(result.status == status, "\(text) \(result.stdout)")
                    #expect(try folder.record().statistic("s") != nil)
                }
                #expect(try folder.read("output/index.md").contains("50.0\u{A0}%"))
                try folder.suite(["s": figure("SELECT 1 AS n", "format: { n: procent }")])
                let wrong = try await assay(["lint", "--suite", "suite"], in: folder)
                #expect(wrong.status == 65 && wrong.stdout.contains("did you mean 'percent'?"), "\(wrong.stdout)")
                try folder.suite(["s": figure("SELECT 1 AS n", "format: { m: percent }")])
                let other = try await assay(["lint", "--suite", "suite"], in: folder)
                #expect(other.status == 65 && other.stdout.contains("returns no column 'm', which 'format' names"))
            }
        }
    }
}
