import AuditEngine
import AuditModel
import TestSupport
import Testing

/// How many rows a fix may repair, by whose name, and what of them is shown.
@Suite(.timeLimit(.minutes(20)))
struct RepairProofTests {
    private static func schema(bad: Int, of rows: Int) -> String {
        """
        CREATE TABLE t (id int PRIMARY KEY, state text);
        INSERT INTO t SELECT g, CASE WHEN g <= \(bad) THEN 'bad' ELSE 'ok' END FROM generate_series(1, \(rows)) AS g
        """
    }

    private static func bad(_ limits: RepairLimits, scope: String? = nil) -> Check {
        var check = repairable(
            "bad",
            "SELECT id FROM t WHERE state = 'bad'",
            key: ["id"],
            fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        if case .violations(var work) = check.work {
            work.repair?.limits = limits
            work.scope = scope.map { Statement($0, at: .init(path: "bad.md", line: 15, column: 1)) }
            check.work = .violations(work)
        }
        return check
    }

    @Test(
        "A5, F32: what is more than the limits is refused, with the figures that tell why",
        arguments: [
            (20, 20, .default, nil, nil),
            (21, 210, .default, nil, nil),
            (
                21, 209, .default, nil,
                "21 violations are 10.05 % of the 209 rows of public.t, more than the 10.00 % that a fix"
            ),
            (21, 21, .none, nil, nil),
            (21, 21, .default, "SELECT 1000", nil),
            (
                10_001, 10_001, .default, "SELECT 1000000",
                "10,001 violations are more than the 10,000 that a fix without"
            ),
            (1, 5, RepairLimits(rows: 0), nil, "1 violation is more than the 0 that `fix_limits: rows` allows"),
            (
                20_001, 100_000, RepairLimits(share: 0.2), "SELECT count(*) FROM t",
                "20,001 of 100,000 rows (20.001 %) are violations, more than the 20.000 % that `fix_limits: share` allows"
            ),
            (
                3, 5, RepairLimits(share: 0.5), nil,
                "3 violations are 60.0 % of the 5 rows of public.t, more than the 50.0 %"
            ),
            (2, 5, RepairLimits(share: 0.5), nil, nil),
            (1, 5, RepairLimits(share: 0), nil, "1 violation is 20.0 % of the 5 rows of public.t, more than the 0.0 %"),
        ] as [(Int, Int, RepairLimits, String?, String?)]
    )
    func theLimitsHold(bad: Int, rows: Int, limits: RepairLimits, scope: String?, reason: String?) async throws {
        try await withDatabase(loading: [Self.schema(bad: bad, of: rows)]) { conninfo in
            let run = try await fix([Self.bad(limits, scope: scope)], at: conninfo)
            let result = run.checks[0]
            #expect(result.repaired == (reason == nil ? bad : 0), "\(result.error ?? "")")
            guard let reason else { return }
            #expect(run.coverage.measured == 1 && run.coverage.notMeasured.isEmpty)
            #expect(result.status == .refused)
            #expect(
                result.error?.hasPrefix("bad.md:20:1: nothing was repaired: \(reason)") == true,
                "\(result.error ?? "")"
            )
            let advice = limits.isDefault ? "or `fix_limits: none`" : "then raise the limit in the check file"
            #expect(result.error?.hasSuffix(advice) == true)
        }
    }

    @Test("A5: one user's violations are compared with the rows, and with no share of everybody's")
    func oneUserHasNoShare() async throws {
        let find = "SELECT id, 'u' AS owner FROM t WHERE state = 'bad'"
        var check = repairable(
            "bad",
            find,
            key: ["id"],
            user: "owner",
            fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        if case .violations(var work) = check.work {
            work.repair?.limits = RepairLimits(rows: 30, share: 0.5)
            check.work = .violations(work)
        }
        try await withDatabase(loading: [Self.schema(bad: 30, of: 30)]) { [check] conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            let run = try await audit([check], at: conninfo) { settings in
                settings.expectedDatabase = database
                settings.repair = RepairSettings()
                settings.selection.user = "u"
            }.run
            #expect(run.checks[0].repaired == 30, "\(run.checks[0].error ?? "")")
        }
    }

    @Test("A5: the share of an empty table is told as such")
    func anEmptyTableHasNoShare() async throws {
        let schema = Self.schema(bad: 30, of: 30) + "; CREATE TABLE note (item int PRIMARY KEY)"
        var check = repairable(
            "bad",
            "SELECT id AS item FROM t WHERE NOT EXISTS (SELECT FROM note WHERE item = t.id)",
            key: ["item"],
            fix: "INSERT INTO note SELECT item FROM violations",
            repairs: "note"
        )
        if case .violations(var work) = check.work {
            work.repair?.limits = .default
            check.work = .violations(work)
        }
        try await withDatabase(loading: [schema]) { [check] conninfo in
            let result = try await fix([check], at: conninfo).checks[0]
            let reason =
                "30 violations are found while public.note has no rows, more than the 10.0 % that a fix"
            #expect(result.error?.contains(reason) == true, "\(result.error ?? "")")
        }
    }

    /// Types whose output is not what a cast to text makes of them, or that have no equality.
    @Test(
        "A17: a repaired row has its owner in the text that the server writes",
        arguments: [
            ("char(6)", "'AB'"), ("citext", "'Ann@x'"), ("numeric", "1.0"), ("float8", "1e300"), ("boolean", "true"),
            ("uuid", "'7e1018e4-5644-4031-a05c-4166cc877264'"), ("timestamptz", "'2026-01-02 03:04:05.6+02'"),
            ("mood", "'so so'"), ("bytea", "'a'"), ("int[]", "'[0:1]={1,2}'"), ("pair", "(1, NULL)"),
            ("interval", "'1 day 2 hours'"), ("money", "12.5"), ("\"char\"", "'x'"), ("name", "'n'"),
            ("bit(3)", "'101'"),
            ("email", "'E@x'"), ("inet", "'10.0.0.1'"), ("regclass", "'acct'"),
        ]
    )
    func ownersAreToldByTheirText(type: String, literal: String) async throws {
        let schema = """
            CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('so so'); CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN email AS citext;
            CREATE TABLE acct (id int PRIMARY KEY, u \(type), ok bool);
            INSERT INTO acct VALUES (1, \(literal), false), (2, \(literal), false), (3, NULL, false), (4, \(literal), true)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            // An expression has no length, which a cast to text forgets otherwise than the server's output.
            for find in [
                "SELECT id, u FROM acct WHERE NOT ok", "SELECT id, coalesce(u, NULL) AS u FROM acct WHERE NOT ok",
            ] {
                let check = repairable(
                    "bad",
                    find,
                    key: ["id"],
                    user: "u",
                    fix: "UPDATE acct SET ok = true FROM violations AS v WHERE acct.id = v.id",
                    repairs: "acct"
                )
                let run = try await fix([check], at: conninfo)
                #expect(run.checks[0].repaired == 3, "\(run.checks[0].error ?? "")")
                let same = """
                    SELECT count(*) FROM assay.repairs JOIN acct ON acct.id = (key ->> 'id')::int
                    WHERE user_id IS NOT DISTINCT FROM CASE WHEN u IS DISTINCT FROM NULL THEN format('%s', u) END
                    """
                #expect(try await value(same, at: conninfo) == "3")
                try await TestDatabase.load(
                    ["TRUNCATE assay.repairs; UPDATE acct SET ok = false WHERE id < 4"],
                    into: conninfo
                )
            }
        }
    }

    @Test("what a fix changed is listed, compared as text")
    func changesAreListed() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, amount numeric, note text, doc jsonb, stamp int DEFAULT 0,
                twice int GENERATED ALWAYS AS (id * 2) STORED);
            INSERT INTO t VALUES (1, 1.50, 'say "hi"', '{"a": 1}'), (2, 2, 'x', NULL);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.stamp := 7; RETURN new; END $$;
            CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()
            """
        let forms = [
            (
                "SELECT id FROM t WHERE id = 1 AND amount::text <> '1.5'",
                "UPDATE t SET amount = 1.5, note = note FROM violations AS v WHERE t.id = v.id",
                #"{"stamp": [0, 7], "amount": [1.50, 1.5]}"#
            ),
            (
                "SELECT id + 8 AS id FROM t WHERE id = 1 AND NOT EXISTS (SELECT FROM t WHERE id = 9)",
                #"INSERT INTO t (id, note) SELECT id, 'a "b"' FROM violations"#,
                #"{"id": [null, 9], "note": [null, "a \"b\""], "stamp": [null, 0], "twice": [null, 18]}"#
            ),
            ("SELECT id FROM t WHERE id = 2", "DELETE FROM t USING violations AS v WHERE t.id = v.id", ""),
        ]
        try await withDatabase(loading: [schema]) { conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            for (find, mend, changes) in forms {
                let check = repairable("bad", find, key: ["id"], fix: mend, repairs: "t")
                let audited = try await audit([check], at: conninfo) {
                    $0.expectedDatabase = database
                    $0.repair = RepairSettings()
                }
                let result = try #require(audited.check("bad"))
                #expect(result.repaired == 1, "\(result.error ?? "")")
                #expect(result.repairs.columns == ["operation", "key", "user", "changes"])
                let shown: String? = changes.isEmpty ? nil : changes
                let row = try #require(result.repairs.rows.first)
                #expect(row.last == .some(shown))
                let lines = audited.repairs["bad"]?.split(separator: "\n") ?? []
                #expect(lines.first == "operation,table,key,user,before,changes")
                let field = changes.isEmpty ? "" : "\"\(changes.replacing("\"", with: "\"\""))\""
                #expect(lines.last?.hasSuffix(",\(field)") == true, "\(lines)")
            }
        }
    }

    @Test("a long value is cut in the sample, and the JSON stays whole")
    func longChangesAreCut() async throws {
        let schema = "CREATE TABLE t (id int PRIMARY KEY, note text); INSERT INTO t VALUES (1, repeat('é\"', 5000))"
        let check = repairable(
            "bad",
            "SELECT id FROM t WHERE note <> 'x'",
            key: ["id"],
            fix: "UPDATE t SET note = 'x' FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        try await withDatabase(loading: [schema]) { conninfo in
            let shown = try #require(try await fix([check], at: conninfo).checks[0].repairs.rows.first?.last ?? nil)
            #expect(shown.utf8.count < 1100 && shown.contains("… (20000 bytes)"))
            let isRead = try await value("SELECT ('\(shown)'::jsonb -> 'note' ->> 1)", at: conninfo)
            #expect(isRead == "x")
        }
    }

    @Test(
        "B5: a parameter under one of the repair's own names is refused",
        arguments: [("assay_limit", 1), ("assay_run", nil), ("assay_user", nil)] as [(String, Int?)]
    )
    func theRepairsOwnParametersAreReserved(name: String, batch: Int?) async throws {
        var check = Self.bad(.none)
        check.parameters = [name: .text("3")]
        if case .violations(var work) = check.work {
            work.find.text += " AND id < :\(name)::int"
            check.work = .violations(work)
        }
        try await withDatabase(loading: [Self.schema(bad: 5, of: 9)]) { [check] conninfo in
            let result = try await fix([check], at: conninfo) { $0.batch = batch }.checks[0]
            #expect(
                result.repaired == 0 && result.error?.contains("the parameter :\(name) belongs to the program") == true
            )
        }
    }
}

/// What newer servers know, and older ones do not.
@Suite(.timeLimit(.minutes(20)), .enabled { try await serverVersion() >= 18 })
struct NewerServerTests {
    @Test("F15: NOT NULL … NOT VALID leaves NULLs, and makes no key")
    func aKeyWithNullsIsNone() async throws {
        let schema = """
            CREATE TABLE customer (email text, name text);
            INSERT INTO customer VALUES ('a@x', 'a'), (NULL, 'ghost'), (NULL, 'ghost2');
            CREATE UNIQUE INDEX ON customer (email);
            ALTER TABLE customer ADD CONSTRAINT nn NOT NULL email NOT VALID;
            CREATE TABLE orders (id int PRIMARY KEY, customer int, state text);
            INSERT INTO orders VALUES (1, 7, 'a'), (2, NULL, 'a');
            ALTER TABLE orders ADD CONSTRAINT nn NOT NULL customer NOT VALID
            """
        let ghosts = repairable(
            "ghosts",
            "SELECT name FROM customer WHERE email IS NULL",
            key: ["name"],
            fix: "DELETE FROM customer USING violations AS v WHERE customer.name = v.name",
            repairs: "customer"
        )
        let orders = repairable(
            "orders",
            "SELECT customer, state FROM orders WHERE customer IS NULL",
            key: ["customer", "state"],
            fix: """
                DELETE FROM orders USING violations AS v
                WHERE orders.customer IS NOT DISTINCT FROM v.customer AND orders.state = v.state
                """,
            repairs: "orders"
        )
        try await withDatabase(loading: [schema]) { conninfo in
            let checks = try await fix([ghosts, orders], at: conninfo).checks
            #expect(checks[0].error?.contains("neither a primary key nor a unique one") == true)
            #expect(checks[1].repaired == 1, "\(checks[1].error ?? "")")
            try await TestDatabase.load(
                ["DELETE FROM customer WHERE email IS NULL; ALTER TABLE customer VALIDATE CONSTRAINT nn"],
                into: conninfo
            )
            try await TestDatabase.load(["UPDATE customer SET name = 'ghost'"], into: conninfo)
            var again = ghosts
            if case .violations(var work) = again.work {
                work.find.text = "SELECT name FROM customer WHERE name = 'ghost'"
                again.work = .violations(work)
            }
            #expect(try await fix([again], at: conninfo).checks[0].repaired == 1, "it is a key now")
        }
    }

    @Test("F12: a limit of the database for whole transactions ends no run")
    func wholeTransactionsAreNotLimited() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad');
            CREATE FUNCTION slow() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN true; END $$;
            DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET transaction_timeout = ''1s''', current_database()); END $$
            """
        let check = repairable(
            "slow",
            "SELECT id FROM t WHERE state = 'bad' AND slow()",
            key: ["id"],
            fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        try await withDatabase(loading: [schema]) { conninfo in
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 1, "\(run.checks[0].error ?? "")")
        }
    }

    @Test("F15: virtual columns, periods without overlaps and constraints that are not enforced")
    func newFormsAreRepairedAndTakenBack() async throws {
        let schema = """
            CREATE EXTENSION btree_gist;
            CREATE TABLE stay (room int, during daterange, state text, label text GENERATED ALWAYS AS (state || '!') VIRTUAL,
                CONSTRAINT pk PRIMARY KEY (room, during WITHOUT OVERLAPS),
                CONSTRAINT short CHECK (length(state) < 3) NOT ENFORCED);
            INSERT INTO stay VALUES (1, '[2026-01-01,2026-02-01)', 'bad'), (1, '[2026-02-01,2026-03-01)', 'ok')
            """
        let check = repairable(
            "bad",
            "SELECT room, during FROM stay WHERE state = 'bad'",
            key: ["room", "during"],
            fix:
                "UPDATE stay SET state = 'good' FROM violations AS v WHERE (stay.room, stay.during) = (v.room, v.during)",
            repairs: "stay"
        )
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 1, "\(run.checks[0].error ?? "")")
            #expect(
                run.checks[0].repairs.rows.first?.last == #"{"label": ["bad!", "good!"], "state": ["bad", "good"]}"#
            )
            #expect(try await undo("\(run.id)", [check], at: conninfo).run.checks[0].repaired == -1)
            #expect(try await contents(at: conninfo) == before)
        }
    }
}
