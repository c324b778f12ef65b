import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Each transaction that writes finds the connection, and the run's lock, as they must be.
@Suite(.timeLimit(.minutes(20)))
struct RepairConditionTests {
    private static let schema = """
        CREATE TABLE a (id int PRIMARY KEY, state text); INSERT INTO a VALUES (1, 'bad');
        CREATE TABLE b (id int PRIMARY KEY, state text); INSERT INTO b VALUES (1, 'bad');
        """

    private static let checks = ["a", "b"].map { table in
        repairable(
            table,
            "SELECT id FROM \(table) WHERE state = 'bad'",
            key: ["id"],
            fix: "UPDATE \(table) SET state = 'good' FROM violations AS v WHERE \(table).id = v.id",
            repairs: table
        )
    }

    /// Acts when the first of the checks is repaired.
    private static func trigger(_ body: String) -> String {
        """
        CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(body); RETURN NULL; END $$;
        CREATE TRIGGER act AFTER UPDATE ON a FOR EACH STATEMENT EXECUTE FUNCTION act()
        """
    }

    @Test("B1: nothing is written any more when the connection that holds the run's lock has ended")
    func theLockIsLookedFor() async throws {
        let end = """
            PERFORM pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        try await withDatabase(loading: [Self.schema, Self.trigger(end)]) { conninfo in
            let run = try await fix(Self.checks, at: conninfo)
            #expect(run.checks[0].repaired == 1)
            #expect(run.checks[1].status == .rolledBack && run.checks[1].repaired == 0)
            let error = run.checks[1].error ?? ""
            #expect(error.contains("the connection that held the run's lock"), "\(error)")
            #expect(try await value("SELECT state FROM b", at: conninfo) == "bad")
        }
    }

    @Test("B1: a lock that is lost before anything is written is taken again")
    func theLockIsTakenAgain() async throws {
        let lookup = """
            CREATE FUNCTION known() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                IF current_setting('transaction_read_only') = 'on' THEN
                    PERFORM pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
                END IF;
                RETURN true;
            END $$
            """
        try await withDatabase(loading: [Self.schema, lookup]) { conninfo in
            let check = repairable(
                "a",
                "SELECT id FROM a WHERE state = 'bad' AND known()",
                key: ["id"],
                fix: "UPDATE a SET state = 'good' FROM violations AS v WHERE a.id = v.id",
                repairs: "a"
            )
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 1, "\(run.checks[0].error ?? "")")
        }
    }

    @Test("A13: a run that breaks off tells what it has committed")
    func whatWasCommittedIsToldOfABrokenRun() async throws {
        let unread = repairable(
            "b",
            "SELECT id FROM b WHERE state = 'bad'",
            key: ["id"],
            // A suite's loader refuses it, so that the engine never meets it.
            fix: "UPDATE b SET",
            repairs: "b"
        )
        try await withDatabase(loading: [Self.schema]) { conninfo in
            await #expect {
                _ = try await fix([Self.checks[0], unread], at: conninfo)
            } throws: { "\($0)".contains("1 row of the check a was repaired, and that is committed.") }
            let state = try await value("SELECT state FROM a", at: conninfo)
            #expect(state == "good")
        }
    }

    @Test("A12: what was committed stands in the record when nobody can measure again")
    func whatWasCommittedIsTold() async throws {
        // Until the readers have been ended.
        let wait = """
            WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'
                AND application_name LIKE 'assay/2%') LOOP
                PERFORM pg_sleep(0.02), pg_stat_clear_snapshot();
            END LOOP
            """
        try await withDatabase(loading: [Self.schema, Self.trigger(wait)]) { conninfo in
            let name = try await value("SELECT current_database()", at: conninfo) ?? ""
            let server = try await TestCluster.conninfo()
            let ours = "FROM pg_stat_activity WHERE datname = '\(name)' AND application_name LIKE 'assay/2%'"
            async let fixed = fix(Self.checks, at: conninfo)
            let isRepairing = "SELECT count(*) \(ours) AND state = 'active' AND query LIKE '%UPDATE a SET%'"
            while try await value(isRepairing, at: server) == "0" { try await Task.sleep(for: .milliseconds(20)) }
            _ = try await value("ALTER DATABASE \(name) ALLOW_CONNECTIONS false", at: server)
            _ = try await value("SELECT count(pg_terminate_backend(pid)) \(ours) AND state = 'idle'", at: server)
            let run = try await fixed
            #expect(run.checks[0].repaired == 1 && run.checks[0].after == nil && run.checks[0].status == .error)
            let reason = "1 row was repaired; the check could not be measured again: "
            #expect(run.checks[0].error?.hasPrefix(reason) == true, "\(run.checks[0].error ?? "")")
        }
    }

    @Test("F02: a trigger may set a time limit, which changes no meaning")
    func timeLimitsAreHarmless() async throws {
        let limit = "PERFORM set_config('statement_timeout', '1min', false), set_config('application_name', 'x', false)"
        try await withDatabase(loading: [Self.schema, Self.trigger(limit)]) { conninfo in
            let run = try await fix(Self.checks, at: conninfo)
            #expect(run.checks.map(\.repaired) == [1, 1], "\(run.checks.map(\.error))")
        }
    }

    @Test("B1: a temporary table of one repair hides no table from the next")
    func temporaryTablesHideNothing() async throws {
        let hide = "CREATE TEMP TABLE b (id int PRIMARY KEY, state text)"
        try await withDatabase(loading: [Self.schema, Self.trigger(hide)]) { conninfo in
            let run = try await fix(Self.checks, at: conninfo)
            #expect(run.checks.map(\.repaired) == [1, 1], "\(run.checks.map(\.error))")
            #expect(try await value("SELECT state FROM b", at: conninfo) == "good")
        }
    }

    @Test("B1: a database whose triggers and foreign keys are switched off is not written to")
    func triggersMustFire() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let name = try await value("SELECT current_database()", at: conninfo) ?? ""
            try await TestDatabase.load(
                ["ALTER DATABASE \(name) SET session_replication_role = replica"],
                into: conninfo
            )
            await #expect {
                _ = try await fix(Self.checks, at: conninfo)
            } throws: { "\($0)".contains("neither triggers nor foreign keys would hold") }
            #expect(try await value("SELECT state FROM a", at: conninfo) == "bad")
        }
    }
}
