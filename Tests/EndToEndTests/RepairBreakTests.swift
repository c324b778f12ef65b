import EmbeddedPostgres
import Foundation
import Glibc
import TestSupport
import Testing

/// A repair that is broken off, stopped or kept waiting tells what is so in the database.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct RepairBreakTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, state text, owner text);
        INSERT INTO t VALUES (1, 'bad', 'ann'), (2, 'bad', 'bob'), (3, 'bad', 'ann'), (4, 'ok', 'ann');
        """
    /// Sleeps where nothing may be written when something was repaired: in the second measuring.
    private static let slow = """
        CREATE FUNCTION slow() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
            IF current_setting('transaction_read_only') = 'on' AND to_regclass('assay.repairs') IS NOT NULL THEN
                PERFORM pg_sleep(10000) FROM assay.repairs LIMIT 1;
            END IF; RETURN true;
        END $$
        """

    private static func check(_ id: String = "bad", table: String = "t", find: String = "", more: String = "") -> String
    {
        """
        ---
        id: \(id)
        kind: integrity
        key: id
        user: owner
        repairs: \(table)
        \(more)---

        # Bad rows of \(table)

        ```sql find
        SELECT id, owner FROM \(table) WHERE state = 'bad'\(find)
        ```

        ```sql fix
        UPDATE \(table) SET state = 'good' FROM violations AS v WHERE \(table).id = v.id
        ```

        """
    }

    private func withProject(
        _ checks: [String: String] = ["bad": check()],
        loading sql: [String] = [schema],
        _ body: (_ common: [String], _ conninfo: String, TemporaryFolder) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(checks)
            try await withDatabase(loading: sql) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                // Under load the tests need longer than a statement has.
                let limit = ["--statement-timeout", "20min"]
                let common = ["--database", conninfo, "--expect", name, "--suite", "suite"] + limit
                try await body(common, conninfo, folder)
            }
        }
    }

    private static let repaired = "SELECT count(*) FROM t WHERE state = 'good'"

    @Test("A13: a signal in the second measuring of a repair tells what was committed")
    func signalInSecondMeasuring() async throws {
        let checks = ["bad": Self.check(find: " OR slow() IS NULL")]
        try await withProject(checks, loading: [Self.schema, Self.slow]) { common, conninfo, folder in
            let run = try await assay(["audit", "--fix"] + common, in: folder) { program in
                try await eventually { try await psql(Self.repaired, at: conninfo) == "3" }
                program.signal(SIGTERM)
            }
            #expect(run.status == 143 && run.stderr.contains("3 rows of the check bad were repaired"), "\(run.stderr)")
            #expect(!run.stderr.contains("nothing was written"), "\(run.stderr)")
        }
    }

    @Test("A13: a signal while documents are locked, after a report, tells of the report and of what was committed")
    func signalAtTheDocuments() async throws {
        for mode in [["audit"], ["audit", "--fix"]] {
            try await withProject { common, _, folder in
                try folder.write("documents:\n  progress: { path: docs/PROGRESS.md }\n", to: "assay.yml")
                try folder.write("# Progress\n", to: "docs/PROGRESS.md")
                let lock = open(folder.file("docs"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                #expect(flock(lock, LOCK_EX) == 0)
                let run = try await assay(mode + common, in: folder) { program in
                    try await eventually { folder.runs().count == 1 }
                    // A document that was right before the run is spoilt meanwhile.
                    try Data([0x23, 0x20, 0xFF, 0x0A]).write(to: URL(filePath: folder.file("docs/PROGRESS.md")))
                    program.signal(SIGTERM)
                    // The signal comes before the lock is free.
                    try await Task.sleep(for: .milliseconds(300))
                    close(lock)
                }
                #expect(run.status == 143)
                #expect(run.stderr.contains("the run is recorded in output/runs/"), "\(run.stderr)")
                #expect(run.stderr.contains("3 rows were repaired, and that is committed") == (mode.count == 2))
                #expect(!run.stderr.contains("nothing was written"), "\(run.stderr)")
            }
        }
    }

    @Test("C6: a signal wakes a run that waits between two batches")
    func signalInAPause() async throws {
        try await withProject { common, conninfo, folder in
            let batches = ["--batch", "1", "--pause", "1440min"]
            let run = try await assay(["audit", "--fix"] + batches + common, in: folder) { program in
                try await eventually { try await psql(Self.repaired, at: conninfo) == "1" }
                program.signal(SIGTERM)
            }
            #expect(run.status == 143 && run.stderr.contains("1 row of the check bad was repaired"), "\(run.stderr)")
        }
    }

    @Test("A11: a repair that meets a lock leaves what was measured before it, and what is measured after it")
    func lock() async throws {
        let checks = ["a": Self.check("a"), "b": Self.check("b", table: "u")]
        // The first fix waits until somebody waits for the second table, and so lets that one in.
        let gate = """
            CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                WHILE NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'u'::regclass AND mode = 'AccessExclusiveLock')
                LOOP PERFORM pg_sleep(0.01); END LOOP; RETURN NULL;
            END $$;
            CREATE TRIGGER gate AFTER UPDATE ON t EXECUTE FUNCTION gate();
            CREATE TABLE u AS SELECT * FROM t; ALTER TABLE u ADD PRIMARY KEY (id)
            """
        try await withProject(checks, loading: [Self.schema, gate]) { common, conninfo, folder in
            let run = try await assay(["audit", "--fix", "--lock-timeout", "3s"] + common, in: folder) { _ in
                try await eventually {
                    let began = "SELECT count(*) FROM pg_stat_activity WHERE query ~ 'UPDATE t' AND state = 'active'"
                    return try await psql("\(began) AND pid <> pg_backend_pid()", at: conninfo) == "1"
                }
                // The server itself lets go when the repair has given up, so that nobody else waits for long.
                try await psql(
                    """
                    BEGIN; LOCK TABLE u;
                    DO $$ DECLARE writer int; BEGIN
                        WHILE writer IS NULL LOOP
                            PERFORM pg_sleep(0.01);
                            SELECT min(pid) INTO writer FROM pg_locks WHERE relation = 'u'::regclass AND NOT granted;
                        END LOOP;
                        WHILE EXISTS (
                            SELECT FROM pg_locks WHERE relation = 'u'::regclass AND NOT granted AND pid = writer
                        ) LOOP PERFORM pg_sleep(0.01); END LOOP;
                    END $$;
                    COMMIT
                    """,
                    at: conninfo
                )
            }
            #expect(run.status == 2, "\(run.stdout)\(run.stderr)")
            let record = try folder.record()
            let (a, b) = (record.check("a"), record.check("b"))
            #expect(a?.before == 3 && a?.repaired == 3 && a?.after == 0)
            #expect(b?.status == "rolled-back" && b?.error?.contains("waited longer than 3s for a lock") == true)
            #expect(b?.before == 3 && b?.repaired == 0 && b?.after == 3 && b?.usersBefore == 2 && b?.usersAfter == 2)
            let users = try folder.read("output/runs/\(record.id)/users.csv")
            #expect(users.contains("ann,,b,2,0,0,0,2") && users.contains("bob,,b,1,0,0,0,1"), "\(users)")
            #expect(folder.exists("output/runs/\(record.id)/findings/b.csv"))
        }
    }

    @Test("A8: a fix that its limits refuse is refused, not an error, and all counts stand")
    func refused() async throws {
        try await withProject(["bad": Self.check(more: "fix_limits: { rows: 2 }\n")]) { common, conninfo, folder in
            let run = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(run.status == 2 && run.stdout.contains("✕ refused"), "\(run.stdout)\(run.stderr)")
            #expect(!run.stdout.contains("could not be measured"), "\(run.stdout)")
            let record = try folder.record()
            let bad = record.check("bad")
            #expect(bad?.status == "refused" && bad?.before == 3 && bad?.repaired == 0 && bad?.after == 3)
            // The place is that of the limits, not of the SQL.
            #expect(bad?.error?.contains("suite/bad.md:7:1: nothing was repaired") == true, "\(bad?.error ?? "")")
            #expect(record.coverage.notMeasured.isEmpty)
        }
    }

    // MARK: The journal that is made, or cannot be

    @Test("F26: where the journal cannot be made, what was measured is reported, and the exit code is 77")
    func noDDL() async throws {
        let guardian = """
            CREATE FUNCTION no_ddl() RETURNS event_trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE 'DDL only through migrations'; END $$;
            CREATE EVENT TRIGGER nd ON ddl_command_start EXECUTE FUNCTION no_ddl()
            """
        for flags in [[], ["--dry-run"]] {
            try await withProject(loading: [Self.schema, guardian]) { common, _, folder in
                let run = try await assay(["audit", "--fix"] + flags + common, in: folder)
                #expect(run.status == 77, "\(run.stdout)\(run.stderr)")
                #expect(run.stderr.contains("DDL only through migrations"), "\(run.stderr)")
                #expect(run.stderr.contains("`assay sql journal`"), "\(run.stderr)")
                let bad = try folder.record().check("bad")
                #expect(bad?.status == "refused" && bad?.before == 3 && bad?.repaired == 0 && bad?.after == 3)
                #expect(bad?.error?.contains("DDL only through migrations") == true)
                #expect(run.stdout.contains("Report: output/runs/"))
            }
        }
    }

    @Test("F26: a role that may not write, or finds no connection left to write with, is told beside the report")
    func noPrivilege() async throws {
        try await withProject { common, conninfo, folder in
            let name = try await psql("SELECT current_database()", at: conninfo)
            try await psql("CREATE ROLE only_\(name) LOGIN CONNECTION LIMIT 2", at: conninfo)
            try await psql("GRANT SELECT ON t TO only_\(name)", at: conninfo)
            let role = ["--database", "\(conninfo) user=only_\(name)", "--jobs", "1"]
            let full = try await assay(["audit", "--fix"] + common.dropFirst(2) + role, in: folder)
            #expect(full.status == 69 && full.stderr.contains("too many connections"), "\(full.stdout)\(full.stderr)")
            #expect(try folder.record().check("bad")?.status == "refused")
            try await psql("ALTER ROLE only_\(name) CONNECTION LIMIT 5", at: conninfo)
            let denied = try await assay(["audit", "--fix"] + common.dropFirst(2) + role, in: folder)
            #expect(denied.status == 77, "\(denied.stdout)\(denied.stderr)")
            #expect(try folder.record().check("bad")?.before == 3)
            try await psql("DROP OWNED BY only_\(name); DROP ROLE only_\(name)", at: conninfo)
        }
    }

    /// A server whose commits wait for a standby that is not there, unless they say otherwise.
    private func withWaitingCommits(
        _ body: (_ common: [String], _ conninfo: String, TemporaryFolder) async throws -> Void
    ) async throws {
        let options = ClusterOptions(
            settings: [
                "synchronous_standby_names": "nobody", "synchronous_commit": "local", "wal_level": "replica",
                "max_wal_senders": "2",
            ]
        )
        try await EmbeddedCluster.with(options) { cluster in
            let conninfo = cluster.conninfo(database: "postgres")
            try await psql(Self.schema, at: conninfo)
            try await TemporaryFolder.with { folder in
                try folder.suite(["bad": Self.check()])
                let waiting = "\(conninfo) options='-c synchronous_commit=on'"
                try await body(
                    ["--database", waiting, "--expect", "postgres", "--suite", "suite"],
                    conninfo,
                    folder
                )
            }
        }
    }

    /// Ends the wait of a commit for its standby, or the whole connection.
    private static func end(_ function: String) -> String {
        "SELECT count(\(function)(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    }

    @Test("F36: a signal after the journal was made, and before a row was changed, says that the journal stays")
    func emptyJournal() async throws {
        try await withWaitingCommits { common, conninfo, folder in
            let run = try await assay(["audit", "--fix"] + common, in: folder) { program in
                let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                try await eventually { try await psql(waiting, at: conninfo) == "1" }
                program.signal(SIGTERM)
            }
            #expect(run.status == 143)
            #expect(run.stderr.contains("no row was changed. The journal of the repairs (schema assay) was created"))
            #expect(!run.stderr.contains("nothing was written"), "\(run.stderr)")
            #expect(try await psql("SELECT count(*) FROM assay.repairs", at: conninfo) == "0")
        }
    }

    @Test("A14: a connection that is lost at the commit of a later batch: the record has what the journal has")
    func lostCommit() async throws {
        try await withWaitingCommits { common, conninfo, folder in
            let journal = try await assay(["sql", "journal"], in: folder)
            try await psql(journal.stdout, at: conninfo)
            let run = try await assay(["audit", "--fix", "--batch", "1"] + common, in: folder) { _ in
                try await eventually { try await psql(Self.end("pg_cancel_backend"), at: conninfo) != "0" }
                try await eventually { try await psql(Self.repaired, at: conninfo) == "1" }
                try await eventually { try await psql(Self.end("pg_terminate_backend"), at: conninfo) != "0" }
                // The end of the run is noted on another connection.
                try await eventually {
                    try await psql(Self.end("pg_cancel_backend"), at: conninfo)
                    return try await psql("SELECT count(finished_at) FROM assay.runs", at: conninfo) == "1"
                }
            }
            #expect(run.status == 2, "\(run.stdout)\(run.stderr)")
            #expect(try await psql("SELECT count(*) FROM assay.repairs", at: conninfo) == "2")
            let record = try folder.record()
            let bad = record.check("bad")
            #expect(bad?.before == 3 && bad?.repaired == 2 && bad?.after == 1 && bad?.status == "rolled-back")
            #expect(bad?.error?.contains("2 repaired rows are committed") == true, "\(bad?.error ?? "")")
            let rows = try folder.read("output/runs/\(record.id)/repairs/bad.csv").split(separator: "\n")
            #expect(rows.count == 3 && rows.first == "operation,table,key,user,before,changes", "\(rows)")
            #expect(rows.last?.hasPrefix(#"update,public.t,"{""id"": 2}",bob,"#) == true, "\(rows)")
            #expect(rows.last?.hasSuffix(#""{""state"": [""bad"", ""good""]}""#) == true, "\(rows)")
            let users = try folder.read("output/runs/\(record.id)/users.csv")
            #expect(users.contains("ann,,bad,2,1,0,0,1") && users.contains("bob,,bad,1,1,0,0,0"), "\(users)")
        }
    }
}
