import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Whatever is written beside the repaired table, by whom and when in the transaction, is found.
@Suite(.timeLimit(.minutes(20)))
struct RepairTrespassTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, ok bool NOT NULL);
        CREATE TABLE other (n int);
        CREATE VIEW seen AS SELECT n FROM other;
        CREATE SEQUENCE numbers;
        CREATE MATERIALIZED VIEW tally AS SELECT ok, count(*) FROM t GROUP BY ok;
        CREATE UNIQUE INDEX ON tally (ok);
        INSERT INTO t SELECT g, g > 2 FROM generate_series(1, 9) AS g;
        INSERT INTO other SELECT generate_series(1, 5);
        REFRESH MATERIALIZED VIEW tally
        """

    private static func bad(find: String = "SELECT id FROM t WHERE NOT ok", alsoWrites: [String] = []) -> Check {
        var check = repairable(
            "bad",
            find,
            key: ["id"],
            fix: "UPDATE t SET ok = true FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        if case .violations(var work) = check.work {
            work.repair?.alsoWrites = alsoWrites
            check.work = .violations(work)
        }
        return check
    }

    private static func trigger(_ body: String) -> String {
        """
        CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body); RETURN NULL; END $$;
        CREATE TRIGGER act AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION act()
        """
    }

    /// A look-up that writes wherever it may.
    private static func lookup(_ body: String) -> String {
        """
        CREATE FUNCTION known() RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('transaction_read_only') = 'off' THEN \(body); END IF;
            RETURN true;
        END $$
        """
    }

    private func expectRolledBack(_ check: Check, after sql: [String], _ reason: String) async throws {
        try await withDatabase(loading: [Self.schema] + sql) { conninfo in
            let before = try await contents(at: conninfo)
            let result = try #require(try await fix([check], at: conninfo).checks.first)
            #expect(result.status == .rolledBack && result.repaired == 0)
            #expect(
                result.error?.contains("the fix was rolled back: \(reason)") == true,
                "\(result.error ?? "nothing")"
            )
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test(
        "F05: what the query calls while it is counted writes another table",
        arguments: [
            (
                "DELETE FROM other WHERE n < 3",
                "it wrote another table than `repairs` names: public.other, 0 rows inserted, 0 updated, 2 deleted"
            ),
            ("INSERT INTO t VALUES (id.nextval, true)", "it returned 2 rows, and the server counted"),
            ("TRUNCATE other", "it truncated or altered the table public.other"),
        ]
    )
    func aQueryThatWritesIsRolledBack(body: String, reason: String) async throws {
        let body = body.replacing("id.nextval", with: "nextval('numbers') + 100")
        try await expectRolledBack(
            Self.bad(find: "SELECT id FROM t WHERE NOT ok AND known()"),
            after: [Self.lookup(body)],
            reason
        )
    }

    @Test("F05: what the query writes only when it counts again is found as well")
    func aLastCountThatWritesIsRolledBack() async throws {
        let late = "IF EXISTS (SELECT FROM assay.repairs) THEN DELETE FROM other WHERE n < 3; END IF"
        try await expectRolledBack(
            repairable(
                "bad",
                "SELECT id FROM t WHERE NOT ok AND known()",
                key: ["id"],
                fix: "UPDATE t SET ok = true FROM violations AS v WHERE t.id = v.id AND t.id = 1",
                repairs: "t"
            ),
            after: [Self.lookup(late)],
            "it wrote another table than `repairs` names: public.other, 0 rows inserted, 0 updated, 2 deleted"
        )
    }

    @Test("F05: what the query's scope writes is found as well")
    func aScopeThatWritesIsRolledBack() async throws {
        var check = Self.bad()
        if case .violations(var work) = check.work {
            work.scope = Statement(
                "SELECT count(*) FROM t WHERE known()",
                at: .init(path: "bad.md", line: 3, column: 1)
            )
            work.repair?.limits = RepairLimits(share: 1)
            check.work = .violations(work)
        }
        try await expectRolledBack(
            check,
            after: [Self.lookup("UPDATE other SET n = n")],
            "it wrote another table than `repairs` names: public.other"
        )
    }

    @Test(
        "F07: catalogs, dropped tables, foreign tables and the journal are watched",
        arguments: [
            ("PERFORM lo_unlink(4711)", "it wrote large objects, of which no journal has a copy: 0 created, 1 removed"),
            ("PERFORM lo_from_bytea(0, 'x')", "it wrote large objects, of which no journal has a copy: 1 created, 0"),
            ("PERFORM lo_put(4711, 0, 'y')", "it wrote large objects"),
            ("DROP TABLE other CASCADE", "it dropped the view public.seen"),
            ("DROP VIEW seen; DROP TABLE other", "it dropped the view public.seen"),
            ("DROP SEQUENCE numbers", "it dropped the sequence public.numbers"),
            ("CREATE TABLE fresh (n int)", "it truncated or altered the table public.fresh"),
            ("CREATE VIEW fresh AS SELECT 1", "it created or altered public.fresh"),
            ("GRANT SELECT ON other TO public", "it created or altered public.other"),
            ("ALTER SEQUENCE numbers RESTART", "it created or altered public.numbers"),
            (
                "COMMENT ON TABLE other IS 'x'",
                "it changed the server's catalog pg_catalog.pg_description, 1 row inserted"
            ),
            (
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "it changed the server's catalog pg_catalog."
            ),
            ("CREATE TEMP TABLE mine (n int); GRANT SELECT ON other TO public", "it created or altered public.other"),
            ("CREATE TEMP TABLE mine (n int); PERFORM lo_unlink(4711)", "it wrote large objects"),
            ("DELETE FROM assay.repairs", "it wrote the journal: 2 inserted, 0 updated, 2 deleted in assay.repairs"),
            (
                "UPDATE assay.runs SET suite = 'x'",
                "it wrote the journal: 1 inserted, 1 updated, 0 deleted in assay.runs"
            ),
            ("UPDATE far SET n = 0", "it wrote the foreign table public.far"),
        ]
    )
    func whatNoRowOfATableShowsIsRolledBack(body: String, reason: String) async throws {
        var setup = ["SELECT lo_from_bytea(4711, 'contract')", Self.trigger(body)]
        if body.contains("far") {
            setup.insert(
                """
                CREATE EXTENSION postgres_fdw;
                DO $$ BEGIN EXECUTE format('CREATE SERVER loop FOREIGN DATA WRAPPER postgres_fdw
                    OPTIONS (host %L, dbname %L)', split_part(current_setting('unix_socket_directories'), ',', 1),
                    current_database()); END $$;
                CREATE USER MAPPING FOR current_user SERVER loop OPTIONS (user 'audit');
                CREATE FOREIGN TABLE far (n int) SERVER loop OPTIONS (table_name 'other')
                """,
                at: 0
            )
        }
        try await expectRolledBack(Self.bad(), after: setup, reason)
    }

    @Test("F07: a trigger that manages large objects takes them along")
    func largeObjectsAreKept() async throws {
        let setup = """
            CREATE EXTENSION lo;
            CREATE TABLE paper (id int PRIMARY KEY, doc lo);
            INSERT INTO paper VALUES (1, lo_from_bytea(4712, 'contract'));
            CREATE TRIGGER m BEFORE UPDATE OR DELETE ON paper FOR EACH ROW EXECUTE FUNCTION lo_manage(doc)
            """
        let check = repairable(
            "bad",
            "SELECT id FROM paper",
            key: ["id"],
            fix: "DELETE FROM paper USING violations AS v WHERE paper.id = v.id",
            repairs: "paper"
        )
        try await withDatabase(loading: [setup]) { conninfo in
            let result = try #require(try await fix([check], at: conninfo).checks.first)
            #expect(result.error?.contains("it wrote large objects") == true, "\(result.error ?? "nothing")")
            #expect(try await value("SELECT lo_get(doc) FROM paper", at: conninfo) == "\\x636f6e7472616374")
        }
    }

    /// What only the session sees is nobody's loss, and statistics are nobody's data.
    @Test(
        "temporary tables, statistics, numbers and notices are no trespass",
        arguments: [
            "CREATE TEMP TABLE IF NOT EXISTS mine (n serial PRIMARY KEY, x text) ON COMMIT DROP; INSERT INTO mine (x) VALUES ('a')",
            "CREATE TEMP TABLE mine AS SELECT 1; DROP TABLE mine", "ANALYZE other", "PERFORM nextval('numbers')",
            "NOTIFY changed", "PERFORM pg_advisory_xact_lock(7)", "PERFORM FROM other FOR UPDATE",
        ]
    )
    func whatIsNoTrespassPasses(body: String) async throws {
        try await withDatabase(loading: [Self.schema, Self.trigger(body)]) { conninfo in
            for batch in [nil, 1] {
                let run = try await fix([Self.bad()], at: conninfo) { $0.batch = batch }
                #expect(run.checks[0].repaired == 2, "\(run.checks[0].error ?? "")")
                try await TestDatabase.load(["UPDATE t SET ok = id > 2"], into: conninfo)
            }
        }
    }

    @Test(
        "F21: a materialized view is refreshed where also_writes names it, and again by the undo",
        arguments: [
            ("REFRESH MATERIALIZED VIEW tally", []), ("REFRESH MATERIALIZED VIEW CONCURRENTLY tally", []),
            ("REFRESH MATERIALIZED VIEW tally", ["tally"]), ("REFRESH MATERIALIZED VIEW CONCURRENTLY tally", ["tally"]),
            ("REFRESH MATERIALIZED VIEW CONCURRENTLY tally", ["public.tally"]),
        ]
    )
    func aRefreshIsAllowedByName(body: String, alsoWrites: [String]) async throws {
        try await withDatabase(loading: [Self.schema, Self.trigger(body)]) { conninfo in
            let check = Self.bad(alsoWrites: alsoWrites)
            let run = try await fix([check], at: conninfo)
            let result = run.checks[0]
            guard alsoWrites.isEmpty else {
                #expect(result.repaired == 2, "\(result.error ?? "")")
                let undone = try await undo("\(run.id)", [check], at: conninfo)
                #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
                return
            }
            let reason =
                "it refreshed or altered the materialized view public.tally (by a trigger or a function); `also_writes`"
            #expect(result.error?.contains(reason) == true, "\(result.error ?? "nothing")")
        }
    }

    @Test(
        "F21: a name in also_writes that allows nothing is told as what it is",
        arguments: [
            ("nowhere", "the table nowhere, which `also_writes` names, does not exist here"),
            ("lost.other", "the table lost.other, which `also_writes` names, does not exist here"),
            ("seen", "seen, which `also_writes` names, is a view: name the tables that are written through it"),
            ("numbers", "numbers, which `also_writes` names, is a sequence, and no table"),
        ]
    )
    func aNameThatAllowsNothingIsRefused(name: String, reason: String) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let result = try await fix([Self.bad(alsoWrites: [name])], at: conninfo).checks[0]
            #expect(result.status == .refused)
            #expect(result.error == "bad.md:20:1: nothing was repaired: \(reason)")
        }
    }

    @Test("F21: a partition in also_writes allows itself, its root all of them")
    func partitionsAreAllowedByName() async throws {
        let log = """
            CREATE TABLE log (n int) PARTITION BY RANGE (n);
            CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10);
            CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20);
            \(Self.trigger("INSERT INTO log VALUES (3), (13)"))
            """
        for (names, allowed) in [(["log"], true), (["log_1", "log_2"], true), (["log_1"], false)] {
            try await withDatabase(loading: [Self.schema, log]) { conninfo in
                let result = try await fix([Self.bad(alsoWrites: names)], at: conninfo).checks[0]
                #expect(result.repaired == (allowed ? 2 : 0), "\(result.error ?? "")")
                if !allowed { #expect(result.error?.contains("public.log_2, 1 row inserted") == true) }
            }
        }
    }

    @Test(
        "what is no table cannot be repaired, and is told as what it is",
        arguments: [
            ("seen", "seen is a view, and only a table can be repaired; name the table that it shows in `repairs`"),
            ("tally", "tally is a materialized view, and only a table can be repaired"),
            ("nowhere", "there is no table nowhere here"),
        ]
    )
    func whatIsNoTableIsRefused(name: String, reason: String) async throws {
        let check = repairable(
            "bad",
            "SELECT id FROM t WHERE NOT ok",
            key: ["id"],
            fix: "DELETE FROM \(name) USING violations AS v",
            repairs: name
        )
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let result = try await fix([check], at: conninfo).checks[0]
            #expect(result.error?.contains(reason) == true, "\(result.error ?? "nothing")")
        }
    }
}

/// A parent of inherited tables has rows of its own.
@Suite(.timeLimit(.minutes(20)))
struct RepairInheritanceTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, state text);
        CREATE TABLE t_2025 (extra text, PRIMARY KEY (id)) INHERITS (t);
        CREATE TABLE t_2025_a (PRIMARY KEY (id)) INHERITS (t_2025);
        INSERT INTO t VALUES (1, 'bad'), (2, 'ok');
        INSERT INTO t_2025 VALUES (1, 'ok', 'x'), (3, 'bad', 'y');
        INSERT INTO t_2025_a VALUES (1, 'bad', 'z')
        """

    @Test(
        "F29: ONLY the parent's rows are repaired, though a child has a row of the same key",
        arguments: [
            ("t", "UPDATE ONLY t SET state = 'good' FROM violations AS v WHERE t.id = v.id"),
            ("t", "UPDATE ONLY t AS x SET state = 'good' FROM violations AS v WHERE x.id = v.id"),
            ("t", "DELETE FROM ONLY t USING violations AS v WHERE t.id = v.id"),
            ("t_2025", "UPDATE ONLY t_2025 SET state = 'good' FROM violations AS v WHERE t_2025.id = v.id"),
            ("t_2025_a", "UPDATE t_2025_a SET state = 'good' FROM violations AS v WHERE t_2025_a.id = v.id"),
        ]
    )
    func onlyTheParentIsRepaired(table: String, mend: String) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let find = "SELECT id FROM ONLY \(table) WHERE state = 'bad'"
            let check = repairable("bad", find, key: ["id"], fix: mend, repairs: table)
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 1 && run.checks[0].after == 0, "\(run.checks[0].error ?? "")")
            let left = try await value("SELECT count(*) FROM t WHERE state = 'bad'", at: conninfo)
            #expect(left == "2")
            let undone = try await undo(run.id.description, [check], at: conninfo)
            #expect(undone.left.isEmpty && undone.check("bad")?.repaired == -1, "\(undone.left)")
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test("F29: the share that a fix may repair is one of the parent's own rows")
    func theShareIsOfTheParent() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            var check = repairable(
                "bad",
                "SELECT id FROM ONLY t WHERE state = 'bad'",
                key: ["id"],
                fix: "UPDATE ONLY t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
                repairs: "t"
            )
            if case .violations(var work) = check.work {
                work.repair?.limits = RepairLimits(share: 0.3)
                check.work = .violations(work)
            }
            let result = try await fix([check], at: conninfo).checks[0]
            #expect(result.error?.contains("50.0 % of the 2 rows of public.t") == true, "\(result.error ?? "")")
        }
    }

    @Test(
        "F29: a fix of a parent without ONLY is refused",
        arguments: [
            "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
            "DELETE FROM t USING violations AS v WHERE t.id = v.id",
        ]
    )
    func aParentWithoutOnlyIsRefused(mend: String) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let check = repairable("bad", "SELECT id FROM t WHERE state = 'bad'", key: ["id"], fix: mend, repairs: "t")
            let result = try await fix([check], at: conninfo).checks[0]
            let words = mend.hasPrefix("U") ? "write UPDATE ONLY" : "write DELETE FROM ONLY"
            #expect(result.error?.contains("rows of t_2025, which inherits from public.t") == true)
            #expect(result.error?.contains(words) == true, "\(result.error ?? "")")
            #expect(try await contents(at: conninfo) == before)
        }
    }
}
