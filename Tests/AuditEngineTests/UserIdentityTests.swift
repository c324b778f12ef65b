import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Users are told apart by the text that the server sends, in every count and for `--user`.
@Suite(.serialized)
struct UserIdentityTests {
    /// What `--user` finds of a column, by its type: a user, and the numbers of the rows.
    struct Selected: Sendable, CustomTestStringConvertible {
        var type: String
        var rows: [String?]
        var user: String
        var found: String

        init(_ type: String, _ rows: [String?], _ user: String, _ found: String) {
            (self.type, self.rows, self.user, self.found) = (type, rows, user, found)
        }

        var testDescription: String { "\(type) '\(user)'" }
    }

    private static let selected = [
        Selected("text", [nil, "", "a", "A"], "", "1,2"), Selected("text", [nil, "a", "a ", "A"], "a", "2"),
        Selected("uuid", [nil, "7e1018e4-5644-4031-a05c-4166cc877264"], "", "1"),
        Selected("uuid", [nil, "7e1018e4-5644-4031-a05c-4166cc877264"], "7E1018E4-5644-4031-a05c-4166cc877264", "2"),
        Selected("int", ["7", nil, "8"], "", "2"), Selected("int", ["7", nil, "8"], " 007", "1"),
        Selected("citext", ["Ann@x", "ann@x", nil, "bob"], "ann@x", "2"),
        Selected("citext", ["Ann@x", "ann@x", nil], "", "3"),
        Selected("numeric", ["1", "1.0", "1.00"], "1.0", "2"),
        Selected("numeric(10,2)", ["1", "1.0", "7"], "1", "1,2"),
        Selected("character(6)", ["AB", "ab", nil, ""], "AB", "1"), Selected("json", ["{}", "{ }", nil], "{}", "1"),
        Selected("json", ["{}", nil], "", "2"), Selected("xml", ["<a/>", "<b/>", nil, ""], "<a/>", "1"),
        Selected("xml", ["<a/>", nil, ""], "", "2,3"), Selected("point", ["(1,2)", "(1,3)"], "1,2", "1"),
        Selected("boolean", ["t", "f", nil], "true", "1"), Selected("text[]", ["{a}", "{b,c}", nil], "{ b,c}", "2"),
        Selected("jsonb", [#"{"a": 1}"#, "1"], #"{"a":1}"#, "1"),
        Selected("text COLLATE insensitive", ["a", "A", nil], "A", "2"),
        Selected("pair", ["(1,2)", "(1,)", "(,)", nil], "(1,)", "2"), Selected("pair", ["(,)", nil], "", "2"),
    ]

    private static let types = """
        CREATE EXTENSION citext;
        CREATE TYPE pair AS (a int, b int);
        CREATE COLLATION insensitive (provider = icu, locale = 'und-u-ks-level2', deterministic = false)
        """

    private static func table(_ type: String, _ rows: [String?]) -> String {
        let values = rows.enumerated().map { index, row in
            "(\(index + 1), \(row.map { "'\($0)'" } ?? "NULL"))"
        }
        return "CREATE TABLE t (id int PRIMARY KEY, who \(type), state text DEFAULT 'bad'); "
            + "INSERT INTO t VALUES \(values.joined(separator: ", "))"
    }

    @Test(arguments: selected)
    func `F24, F10, F22: a run for one user finds the rows that are counted for it`(one: Selected) async throws {
        try await withDatabase(loading: [Self.types, Self.table(one.type, one.rows)]) { conninfo in
            let bad = check("bad", "SELECT id, who FROM t WHERE state = 'bad' ORDER BY id", user: "who")
            let narrowed = try await audit([bad], at: conninfo) { $0.selection.user = one.user }
            #expect(narrowed.check("bad")?.error == nil)
            let ids = narrowed.findings["bad"]?.split(separator: "\n").dropFirst().compactMap {
                $0.split(separator: ",").first
            }
            #expect(ids?.joined(separator: ",") == one.found)
            // The same rows that a run for all counts under the user.
            let whole = try await audit([bad], at: conninfo).run.users
            let counts = narrowed.run.users
            try #require(counts.count == 1)
            let user = try #require(whole.index(of: counts.id(0)))
            #expect(whole.tally(check: 0, user: user) == counts.tally(check: 0, user: 0))

            let fixing = repairable(
                "bad",
                "SELECT id, who FROM t WHERE state = 'bad'",
                key: ["id"],
                user: "who",
                fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
                repairs: "t"
            )
            let database = try await value("SELECT current_database()", at: conninfo)
            let fixed = try await audit([fixing], at: conninfo) { settings in
                settings.expectedDatabase = database
                settings.repair = RepairSettings()
                settings.selection.user = one.user
            }
            #expect(fixed.check("bad")?.status == .repaired, "\(fixed.check("bad")?.error ?? "")")
            let good = try await value(
                "SELECT string_agg(id::text, ',' ORDER BY id) FROM t WHERE state = 'good'",
                at: conninfo
            )
            #expect(good == one.found)
            let users = try await value("SELECT DISTINCT coalesce(user_id, '') FROM assay.repairs", at: conninfo)
            #expect(users == counts.id(0), "as `undo --user` will look for them")
        }
    }

    @Test(arguments: [
        ("uuid", "x@example.org"), ("int", "x"), ("json", "{"), ("boolean", "7"), ("date", "someday"),
    ])
    func `F24: what can be no user is refused`(type: String, user: String) async throws {
        try await withDatabase(loading: [Self.table(type, [nil])]) { conninfo in
            let bad = check("bad", "SELECT id, who FROM t", user: "who")
            await #expect {
                _ = try await audit([bad], at: conninfo) { $0.selection.user = user }
            } throws: { "\($0)".contains("'\(user)' cannot be one of the check 'bad'") }
        }
    }

    @Test(arguments: [("character(3)", "ABC"), ("character varying(3)", "ABC"), ("numeric(10,2)", "7")])
    func `F24: what has no room in the column is nobody's`(type: String, value: String) async throws {
        try await withDatabase(loading: [Self.table(type, [value, nil])]) { conninfo in
            let bad = check("bad", "SELECT id, who FROM t", user: "who")
            let audited = try await audit([bad], at: conninfo) { $0.selection.user = value == "7" ? "7.001" : "ABCDEF" }
            #expect(audited.check("bad")?.before == 0 && audited.check("bad")?.error == nil)
        }
    }

    @Test func `F10: nobody's counts move while another check is repaired`() async throws {
        let schema = """
            CREATE EXTENSION citext;
            CREATE TABLE acct (id int PRIMARY KEY, email citext, code char(6), state text, doc json);
            INSERT INTO acct VALUES (1, 'Ann@x.org', 'AB', 'bad', '{}'), (2, 'ann@x.org', 'AB', 'bad', '{ }'),
                (3, 'ANN@X.ORG', 'AB', 'bad', '{}'), (4, 'bob@x.org', 'XYZ', 'bad', NULL)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let set = "UPDATE acct SET state = 'good' FROM violations AS v WHERE acct.id = v.id"
            var some = repairable(
                "c",
                "SELECT id, email, CASE WHEN id < 3 THEN 'kept' END AS why FROM acct WHERE state = 'bad'",
                key: ["id"],
                user: "email",
                fix: set + " AND v.why IS NULL",
                repairs: "acct"
            )
            if case .violations(var work) = some.work {
                work.repair?.leftBecause = "why"
                some.work = .violations(work)
            }
            let checks = [
                check("b", "SELECT id, email FROM acct", user: "email"), some,
                check("docs", "SELECT id, doc FROM acct", user: "doc"),
                repairable(
                    "d",
                    "SELECT id, coalesce(code, '-') AS u FROM acct WHERE state = 'bad'",
                    key: ["id"],
                    user: "u",
                    fix: set,
                    repairs: "acct"
                ),
            ]
            let run = try await fix(checks, at: conninfo)
            #expect(run.checks.map(\.error) == [nil, nil, nil, nil])
            #expect(run.checks.map(\.before).first == 4)
            #expect(run.checks[1].repaired == 2 && run.checks[1].gone == 2, "the other two by the check behind it")
            #expect(run.checks[3].repaired == 2 && run.checks[3].after == 0)
            for user in 0..<run.users.count {
                for check in [0, 2] {
                    let tally = run.users.tally(check: check, user: user)
                    #expect(tally.before == tally.after, "\(run.users.id(user))")
                }
            }
        }
    }

    @Test func `F10: users that a collation takes for one are counted apart while they are repaired`() async throws {
        let table = Self.table("text COLLATE insensitive", ["a", "A", "b"])
        try await withDatabase(loading: [Self.types, table]) { conninfo in
            let bad = repairable(
                "bad",
                "SELECT id, who FROM t WHERE state = 'bad'",
                key: ["id"],
                user: "who",
                fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id AND t.id <> 2",
                repairs: "t"
            )
            let run = try await fix([bad], at: conninfo)
            #expect(run.checks[0].repaired == 2 && run.checks[0].after == 1, "\(run.checks[0].error ?? "")")
        }
    }

    @Test(arguments: ["json", "point", "xml"])
    func `F22: users of a type without equality have figures and reasons`(type: String) async throws {
        let values = ["json": ["{}", "{ }"], "point": ["(1,2)", "(3,4)"], "xml": ["<a/>", "<b/>"]][type] ?? []
        try await withDatabase(loading: [Self.table(type, values)]) { conninfo in
            let checks = [
                check("bad", "SELECT id, who FROM t", user: "who"),
                statistic("n", "SELECT who, id AS n FROM t", user: "who"),
            ]
            let audited = try await audit(checks, at: conninfo)
            #expect(audited.statistic("n")?.error == nil)
            let users = audited.run.users
            for (number, value) in values.enumerated() {
                let user = try #require(users.index(of: value))
                #expect(users.figures.first?.text(column: 0, user: user, phase: .after) == "\(number + 1)")
            }
        }
    }
    @Test func `F22: a user that can only be written is looked for by its text`() async throws {
        try await withDatabase(loading: [Self.table("text", ["a", "b", "a"])]) { conninfo in
            let rows = check("rows", "SELECT id, ROW(who, 1) AS pair FROM t", user: "pair")
            let audited = try await audit([rows], at: conninfo) { $0.selection.user = "(a,1)" }
            #expect(audited.check("rows")?.before == 2, "\(audited.check("rows")?.error ?? "")")
        }
    }

    @Test(arguments: [("json", "{}"), ("point", "(1,2)")])
    func `F22: reasons of a type without equality are counted`(type: String, reason: String) async throws {
        try await withDatabase(loading: [Self.table("text", ["a", "b", "c"])]) { conninfo in
            var some = repairable(
                "some",
                "SELECT id, CASE WHEN id > 1 THEN '\(reason)'::\(type) END AS why FROM t WHERE state = 'bad'",
                key: ["id"],
                fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id AND v.why IS NULL",
                repairs: "t"
            )
            if case .violations(var work) = some.work {
                work.repair?.leftBecause = "why"
                some.work = .violations(work)
            }
            let run = try await fix([some], at: conninfo)
            #expect(run.checks[0].notes == ["1 repaired, 2 left: \(reason)"], "\(run.checks[0].error ?? "")")
        }
    }
}

/// Users of several types in one suite.
@Suite(.serialized)
struct UserTypesTests {
    private static let schema = """
        CREATE TABLE person (id uuid PRIMARY KEY, number int, born date, kind kind, name text);
        INSERT INTO person SELECT md5(n::text)::uuid, n, date '2000-01-01' + n, 'gold', 'Person ' || n
        FROM generate_series(1, 30) AS n;
        CREATE TABLE login (email text);
        INSERT INTO login SELECT 'x' || n || '@example.org' FROM generate_series(1, 50) AS n
        """

    @Test(arguments: [("id", "uuid"), ("number", "int"), ("born", "date"), ("kind", "kind"), ("name", "text")])
    func `F13: figures and labels are fetched for the users who can be of the type`(column: String, type: String)
        async throws
    {
        try await withDatabase(loading: ["CREATE TYPE kind AS ENUM ('gold', 'silver')", Self.schema]) { conninfo in
            let log = CollectedLog()
            let checks = [
                check("l", "SELECT email FROM login", user: "email"),
                check("p", "SELECT DISTINCT \(column) AS who FROM person", user: "who"),
                check("nobody", "SELECT NULL::text AS who", user: "who"),
                statistic("s", "SELECT \(column) AS who, count(*) AS n FROM person GROUP BY 1", user: "who"),
                statistic(
                    "listed",
                    "SELECT \(column) AS who, count(*) AS n FROM person WHERE \(column) = ANY(:users) GROUP BY 1",
                    user: "who"
                ),
            ]
            let labels = "SELECT \(column), 'label of ' || name FROM person WHERE \(column) = ANY(:users)"
            let audited = try await audit(checks, at: conninfo, userLabels: labels, log: log)
            #expect(log.messages.filter { $0.contains("without their labels") } == [])
            let users = audited.run.users
            let persons = audited.check("p")?.usersBefore ?? 0
            for id in ["s", "listed"] {
                #expect(audited.statistic(id)?.error == nil)
                #expect(audited.statistic(id)?.figures[0].after == .number(30))
                #expect(audited.figures[id]?.split(separator: "\n").count == persons + 1)
            }
            #expect((0..<users.count).count { users.label($0) != nil } == persons)
            let first = try await value("SELECT \(column)::text FROM person LIMIT 1", at: conninfo)
            #expect(first.flatMap { users.index(of: $0) }.flatMap { users.label($0) }?.hasPrefix("label of") == true)
        }
    }

    @Test func `F13: bytes that are no UTF-8 have figures and labels of their own`() async throws {
        let options = "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
        let schema = #"""
            CREATE TABLE t (id int PRIMARY KEY, who text);
            INSERT INTO t VALUES (1, E'caf\xe9'), (2, E'caf\xe8'), (3, 'x')
            """#
        try await TestDatabase.with(loading: [schema], options: options) { conninfo in
            let checks = [
                check("bad", "SELECT who FROM t", user: "who"),
                statistic("n", "SELECT who, id AS n FROM t", user: "who"),
            ]
            let labels = "SELECT who, 'number ' || id FROM t WHERE who = ANY(:users)"
            let audited = try await audit(checks, at: conninfo, userLabels: labels)
            let users = audited.run.users
            #expect(users.count == 3 && audited.check("bad")?.usersBefore == 3)
            for (bytes, number) in [(Array("caf".utf8) + [0xE9], 1), (Array("caf".utf8) + [0xE8], 2)] {
                let user = try #require(bytes.withUnsafeBytes { users.index(of: $0) })
                #expect(users.label(user) == "number \(number)")
                #expect(users.figures.first?.text(column: 0, user: user, phase: .after) == "\(number)")
            }
        }
    }
}
