import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Fixes that do more or something else than they say, by whatever way, are rolled back and named.
@Suite(.timeLimit(.minutes(20)))
struct RepairWitnessTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, n int, ok bool NOT NULL);
        CREATE TABLE other (n int);
        INSERT INTO t SELECT g, g, g > 3 FROM generate_series(1, 9) AS g;
        INSERT INTO other SELECT generate_series(1, 5)
        """
    private static let mend = "UPDATE t SET ok = true FROM violations AS v WHERE t.id = v.id"

    private static func bad(
        _ fix: String = mend,
        find: String = "SELECT id FROM t WHERE NOT ok",
        key: [String] = ["id"]
    )
        -> Check
    {
        repairable("bad", find, key: key, fix: fix, repairs: "t")
    }

    private static func trigger(_ when: String, _ body: String) -> String {
        """
        CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body); RETURN NULL; END $$;
        CREATE \(when) EXECUTE FUNCTION act()
        """
    }

    private static let deferred = "CONSTRAINT TRIGGER act AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    private static let lies: [(trigger: String, fix: String, reason: String)] = [
        (trigger(deferred, "INSERT INTO other VALUES (99)"), mend, "public.other, 3 rows inserted"),
        (trigger(deferred, "DELETE FROM t WHERE id = 9"), mend, "3 updated, 1 deleted"),
        (
            trigger(
                deferred,
                "IF pg_trigger_depth() = 1 THEN UPDATE t SET ok = false WHERE id = new.id; END IF"
            ), mend, "6 updated"
        ),
        (
            trigger("TRIGGER act AFTER UPDATE ON t FOR EACH STATEMENT", "TRUNCATE other"), mend,
            "it truncated or altered the table public.other"
        ),
        (
            trigger("TRIGGER act AFTER UPDATE ON t FOR EACH STATEMENT", "EXECUTE 'ALTER TABLE other ADD COLUMN m int'"),
            mend, "it truncated or altered the table public.other"
        ),
        (
            trigger(
                "TRIGGER act AFTER INSERT ON t FOR EACH ROW WHEN (new.id > 100 AND new.id < 900)",
                "DELETE FROM t WHERE id = 9; INSERT INTO t VALUES (new.id + 1000, 0, true)"
            ),
            "INSERT INTO t SELECT n + 100, n, true FROM violations", "1 deleted in public.t"
        ),
        (
            "", "UPDATE t SET id = t.id + 100, ok = true FROM violations AS v WHERE t.id = v.id",
            "that the fix leaves as it is"
        ),
        (
            """
            CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.id := new.id + 100; RETURN new; END $$;
            CREATE TRIGGER act BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION act()
            """,
            "UPDATE t SET ok = true FROM violations AS v WHERE t.n = v.n", "it changed the key of a row"
        ),
    ]

    @Test(arguments: lies)
    func isRolledBackAndNamed(trigger: String, fix text: String, reason: String) async throws {
        let isByNumber = text.contains("v.n") || text.hasPrefix("INSERT")
        let check =
            isByNumber ? Self.bad(text, find: "SELECT n FROM t WHERE NOT ok", key: ["n"]) : Self.bad(text)
        try await withDatabase(loading: [Self.schema, trigger].filter { !$0.isEmpty }) { conninfo in
            let before = try await contents(at: conninfo)
            let result = try #require(try await fix([check], at: conninfo).checks.first)
            #expect(result.status == .rolledBack && result.repaired == 0 && result.after == 3)
            #expect(result.error?.contains(reason) == true, "\(result.error ?? "nothing")")
            #expect(try await contents(at: conninfo) == before)
            let isClean = "SELECT to_regclass('assay.repairs') IS NULL OR NOT EXISTS (SELECT FROM assay.repairs)"
            #expect(try await value(isClean, at: conninfo) == "t")
        }
    }

    /// A key that passes from row to row by a trigger's doing could not be taken back for one user.
    @Test func keysThatATriggerExchangesAreRolledBack() async throws {
        let schema = """
            CREATE TABLE t (id int, code text, ok bool, CONSTRAINT pk PRIMARY KEY (id) DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO t VALUES (1, 'a', false), (2, 'b', false), (3, 'c', false);
            CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN new.id := old.id % 3 + 1; RETURN new; END $$;
            CREATE TRIGGER act BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION act()
            """
        let mend = "UPDATE t SET ok = true FROM violations AS v WHERE t.code = v.code"
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.bad(mend, find: "SELECT code FROM t WHERE NOT ok", key: ["code"])
            let run = try await fix([check], at: conninfo)
            #expect(run.checks.first?.error?.contains("it changed the key of a row") == true)
        }
    }

    /// Text that is longer than the column is nobody's, and text that is padded or cast is what the server writes.
    @Test(arguments: [
        ("varchar(3)", "'abc'", "abc", "abcX"), ("char(5)", "'ab'", "ab", "abc"), ("boolean", "true", "t", "f"),
    ])
    func usersAreToldByWhatTheServerWrites(type: String, value literal: String, user: String, other: String)
        async throws
    {
        let schema =
            "CREATE TABLE t (id int PRIMARY KEY, u \(type), ok bool); INSERT INTO t VALUES (1, \(literal), false)"
        var check = Self.bad(find: "SELECT id, u FROM t WHERE NOT ok")
        check.user = "u"
        for (name, repaired) in [(other, 0), (user, 1), (nil, 1)] as [(String?, Int)] {
            try await withDatabase(loading: [schema]) { [check] conninfo in
                let database = try await value("SELECT current_database()", at: conninfo)
                let run = try await audit([check], at: conninfo) { settings in
                    settings.expectedDatabase = database
                    settings.repair = RepairSettings()
                    settings.selection.user = name
                }.run
                #expect(run.checks[0].repaired ?? 0 == repaired, "\(name ?? "all"): \(run.checks[0].error ?? "")")
                #expect(run.checks[0].error == nil)
            }
        }
    }

    @Test func aFixMayMendMoreThanItsBatchHeld() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, g int NOT NULL, ok bool);
            INSERT INTO t SELECT x, x / 5, false FROM generate_series(0, 19) AS x
            """
        let mend = "UPDATE t SET ok = true FROM (SELECT DISTINCT g FROM violations) AS v WHERE t.g = v.g"
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.bad(mend, find: "SELECT g FROM t WHERE NOT ok", key: ["g"])
            let run = try await fix([check], at: conninfo) { $0.batch = 3 }
            #expect(run.checks[0].repaired == 20 && run.checks[0].after == 0, "\(run.checks[0].error ?? "")")
        }
    }

    @Test func aRehearsalMeetsDeferredConstraints() async throws {
        let schema = """
            CREATE TABLE q (id int PRIMARY KEY);
            CREATE TABLE t (id int PRIMARY KEY, ok bool, r int REFERENCES q DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO t VALUES (1, false, NULL)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.bad("UPDATE t SET ok = true, r = 99 FROM violations AS v WHERE t.id = v.id")
            let run = try await fix([check], at: conninfo) { $0.isDryRun = true }
            #expect(run.checks.first?.status == .rolledBack)
            #expect(run.checks.first?.error?.contains("foreign key") == true, "\(run.checks.first?.error ?? "")")
        }
    }

    @Test func aScopeWithoutRowsIsNoReasonToRepair() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            var check = Self.bad()
            if case .violations(var work) = check.work {
                work.scope = Statement("SELECT 0", at: .init(path: "bad.md", line: 3, column: 1))
                work.repair?.limits.share = 0.5
                check.work = .violations(work)
            }
            let run = try await fix([check], at: conninfo)
            #expect(run.checks.first?.error?.contains("3 violations are found where `scope` counts no rows") == true)
        }
    }
}

/// Fixes that do what they say, on tables that make it hard to see.
@Suite(.timeLimit(.minutes(20)))
struct RepairFormTests {
    /// A table, a check's query, key, fix and table; each repairs two rows, and all come back.
    private static let forms: [(schema: String, find: String, key: [String], fix: String, table: String)] = [
        // A row that moves to another partition has another key.
        (
            """
            CREATE TABLE p (id int, st text, PRIMARY KEY (id, st)) PARTITION BY LIST (st);
            CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('a'); CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('b');
            INSERT INTO p VALUES (1, 'a'), (2, 'a'), (3, 'b')
            """,
            "SELECT id FROM p WHERE st = 'a'", ["id"],
            "UPDATE p SET st = 'b' FROM violations AS v WHERE p.id = v.id AND p.st = 'a'", "p"
        ),
        // Keys that pass from row to row.
        (
            """
            CREATE TABLE seat (no int PRIMARY KEY DEFERRABLE, guest text NOT NULL UNIQUE, ok bool);
            INSERT INTO seat VALUES (1, 'ann', false), (2, 'bob', false), (9, 'cy', true)
            """,
            "SELECT guest FROM seat WHERE NOT ok", ["guest"],
            "UPDATE seat SET no = seat.no + 1, ok = true FROM violations AS v WHERE seat.guest = v.guest", "seat"
        ),
        // A partition, by its own name.
        (
            """
            CREATE TABLE p (id int PRIMARY KEY, ok bool) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
            INSERT INTO p VALUES (1, false), (2, false), (3, true)
            """,
            "SELECT id FROM p1 WHERE NOT ok", ["id"],
            "UPDATE p1 SET ok = true FROM violations AS v WHERE p1.id = v.id", "p1"
        ),
        // Names that the statement uses for itself, and names that need quotes.
        (
            """
            CREATE TABLE known (owner text); INSERT INTO known VALUES ('a');
            CREATE SCHEMA "Odd S";
            CREATE TABLE "Odd S"."My ""Table" (id int PRIMARY KEY, owner text, ok bool);
            INSERT INTO "Odd S"."My ""Table" VALUES (1, 'a', false), (2, 'a', false), (3, 'b', true)
            """,
            "SELECT id, owner FROM \"Odd S\".\"My \"\"Table\" WHERE NOT ok", ["id"],
            """
            UPDATE "Odd S"."My ""Table" AS fixed SET ok = true FROM violations AS v
            WHERE fixed.id = v.id AND fixed.owner IN (SELECT owner FROM known)
            """,
            "Odd S.My \"Table"
        ),
        // NULL in a column that tells violations apart.
        (
            """
            CREATE TABLE t (id int PRIMARY KEY, a int, b int, ok bool);
            INSERT INTO t VALUES (1, 1, NULL, false), (2, NULL, NULL, false), (3, 1, 1, true)
            """,
            "SELECT a, b FROM t WHERE NOT ok", ["a", "b"],
            "UPDATE t SET ok = true FROM violations AS v WHERE (t.a, t.b) IS NOT DISTINCT FROM (v.a, v.b)", "t"
        ),
        // Without a key, and the fix changes what the query returns.
        (
            "CREATE TABLE t (id int PRIMARY KEY, ok bool); INSERT INTO t VALUES (1, false), (2, NULL), (3, true)",
            "SELECT * FROM t WHERE ok IS NOT true", [],
            "UPDATE t SET ok = true FROM violations AS v WHERE t.id = v.id", "t"
        ),
        // The same value in another type.
        (
            """
            CREATE TABLE t (u uuid PRIMARY KEY, k numeric(10, 2) NOT NULL, ok bool);
            INSERT INTO t VALUES (gen_random_uuid(), 1, false), (gen_random_uuid(), 2, false)
            """,
            "SELECT upper(u::text) AS u, round(k, 0) AS k FROM t WHERE NOT ok", ["u", "k"],
            "UPDATE t SET ok = true FROM violations AS v WHERE t.u = v.u::uuid", "t"
        ),
        // Values of which to_jsonb is no true image, and columns that cannot be compared.
        (
            """
            CREATE EXTENSION hstore;
            CREATE TYPE pair AS (a int, b jsonb);
            CREATE TABLE t (id int[] PRIMARY KEY, bad bool, h hstore, j jsonb, js json, arr int[], p pair, pt point);
            INSERT INTO t VALUES
                ('{1,2}', true, 'a=>1, b=>NULL', 'null', '{"b":1, "a":  2, "a": 3}', '[0:2]={1,2,3}',
                    ROW(1, 'null'), '(1,2)'),
                ('{2}', true, NULL, NULL, '"\\u0000"', NULL, NULL, NULL), ('{3}', false, '', '1', '1', '{}', NULL, NULL)
            """,
            "SELECT * FROM t WHERE bad", [], "DELETE FROM t USING violations AS v WHERE t.id = v.id", "t"
        ),
        // Domains: of a domain, and one that refuses NULL in a column that the fix leaves alone.
        (
            """
            CREATE DOMAIN d1 AS jsonb; CREATE DOMAIN d2 AS d1; CREATE DOMAIN email AS text NOT NULL;
            CREATE TABLE t (id int PRIMARY KEY, mail email, x d2, bad bool);
            INSERT INTO t VALUES (1, 'a@x', 'null', true), (2, 'b@x', '{}', true), (3, 'c@x', NULL, false)
            """,
            "SELECT id FROM t WHERE bad", ["id"],
            "UPDATE t SET bad = false, x = '5' FROM violations AS v WHERE t.id = v.id", "t"
        ),
        // Padded keys.
        (
            """
            CREATE TABLE t (k char(5) PRIMARY KEY, b bit(3) NOT NULL, bad bool);
            INSERT INTO t VALUES ('ab', '101', true), ('c', '010', true), ('d', '111', false)
            """,
            "SELECT rtrim(k) AS k, b::text AS b FROM t WHERE bad", ["k", "b"],
            "UPDATE t SET bad = false FROM violations AS v WHERE t.k = v.k", "t"
        ),
        (
            """
            CREATE TABLE t (id int PRIMARY KEY, bad bool, j jsonb);
            INSERT INTO t VALUES (1, true, 'null'), (2, true, '"x"'), (3, false, NULL)
            """,
            "SELECT id FROM t WHERE bad", ["id"],
            "UPDATE t SET bad = false, j = NULL FROM violations AS v WHERE t.id = v.id", "t"
        ),
    ]

    /// All rows of the table, as the server writes them.
    private static func rows(of table: String, at conninfo: String) async throws -> String? {
        let name = table == "Odd S.My \"Table" ? "\"Odd S\".\"My \"\"Table\"" : table
        return try await value("SELECT string_agg(x::text, E'\\n' ORDER BY x::text) FROM \(name) AS x", at: conninfo)
    }

    @Test(arguments: forms)
    func isRepairedAndTakenBack(
        form: (schema: String, find: String, key: [String], fix: String, table: String)
    ) async throws {
        try await withDatabase(loading: [form.schema]) { conninfo in
            let before = try await Self.rows(of: form.table, at: conninfo)
            let check = repairable("bad", form.find, key: form.key, fix: form.fix, repairs: form.table)
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 2 && run.checks[0].after == 0, "\(run.checks[0].error ?? "")")
            #expect(try await Self.rows(of: form.table, at: conninfo) != before)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
            #expect(undone.run.checks[0].notes.isEmpty, "\(undone.run.checks[0].notes)")
            #expect(try await Self.rows(of: form.table, at: conninfo) == before)
        }
    }
}
