import EmbeddedPostgres
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// An undo that was committed is told of, whatever comes after it.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct UndoBreakTests {
    /// Three rows to repair, and a query that sleeps for each where the database is set to be slow.
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, state text);
        INSERT INTO t VALUES (1, 'bad'), (2, 'bad'), (3, 'ok');
        CREATE FUNCTION slow() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
            IF current_setting('app.slow', true) = 'on' THEN PERFORM pg_sleep(100); END IF; RETURN true;
        END $$
        """
    private static let check = """
        ---
        id: bad
        kind: integrity
        key: id
        repairs: t
        ---

        # Bad rows

        ```sql find
        SELECT id FROM t WHERE state = 'bad' AND slow()
        ```

        ```sql fix
        UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id
        ```
        """

    /// Repairs, and hands out what every command needs, and the run.
    private func withRepaired(
        _ conninfo: String,
        _ body: (_ common: [String], _ run: String, TemporaryFolder) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["bad": Self.check])
            let name = try await psql("SELECT current_database()", at: conninfo)
            let common = ["--expect", name, "--suite", "suite"]
            let fixed = try await assay(["audit", "--fix", "--database", conninfo] + common, in: folder)
            #expect(fixed.status == 0, "\(fixed.stderr)")
            try await body(common, psql("SELECT max(id) FROM assay.runs", at: conninfo), folder)
        }
    }

    private static let isDone = "SELECT count(*) FROM assay.repairs WHERE undone_by IS NOT NULL"

    @Test("A13: a signal in the second measuring of an undo tells what was taken back")
    func signal() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            try await withRepaired(conninfo) { common, run, folder in
                let name = try await psql("SELECT current_database()", at: conninfo)
                try await psql("ALTER DATABASE \(name) SET app.slow = 'on'", at: conninfo)
                let undone = try await assay(["undo", run, "--database", conninfo] + common, in: folder) { program in
                    try await eventually { try await psql(Self.isDone, at: conninfo) == "2" }
                    program.signal(SIGTERM)
                }
                #expect(undone.status == 143)
                #expect(
                    undone.stderr.contains("2 rows of the check bad were taken back, and that is committed."),
                    "\(undone.stderr)"
                )
                #expect(!undone.stderr.contains("nothing was written"), "\(undone.stderr)")
            }
        }
    }

    @Test("A12: a second count that fails leaves what was taken back in the record")
    func timeLimit() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            try await withRepaired(conninfo) { common, run, folder in
                let name = try await psql("SELECT current_database()", at: conninfo)
                try await psql("ALTER DATABASE \(name) SET app.slow = 'on'", at: conninfo)
                try folder.write("limits: { statement_timeout: 2s }\n", to: "assay.yml")
                let undone = try await assay(["undo", run, "--database", conninfo] + common, in: folder)
                #expect(undone.status == 2, "\(undone.stdout)\(undone.stderr)")
                let bad = try folder.record().check("bad")
                #expect(bad?.repaired == -2 && bad?.before == 0 && bad?.after == nil, "\(String(describing: bad))")
                let reason = "2 rows were taken back; the check could not be measured again: "
                #expect(bad?.error?.hasPrefix(reason) == true, "\(bad?.error ?? "")")
            }
        }
    }

    /// The commit waits for a standby that is not there, and is done when its connection is ended.
    @Test("A14: a connection that is lost at the commit of an undo makes nobody believe that nothing happened")
    func lostCommit() async throws {
        let options = ClusterOptions(
            settings: [
                "synchronous_standby_names": "nobody", "synchronous_commit": "local", "wal_level": "replica",
                "max_wal_senders": "2",
            ]
        )
        try await EmbeddedCluster.with(options) { cluster in
            let conninfo = cluster.conninfo(database: "postgres")
            try await psql(Self.schema, at: conninfo)
            try await withRepaired(conninfo) { common, run, folder in
                let waiting = "\(conninfo) options='-c synchronous_commit=on'"
                let undone = try await assay(["undo", run, "--database", waiting] + common, in: folder) { _ in
                    let end =
                        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
                    try await eventually { try await psql(end, at: conninfo) != "0" }
                }
                #expect(try await psql(Self.isDone, at: conninfo) == "2")
                #expect(undone.status == 1 || undone.status == 0, "\(undone.stdout)\(undone.stderr)")
                #expect(try folder.record().check("bad")?.repaired == -2)
            }
        }
    }
}
