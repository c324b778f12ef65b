import Foundation
import TestSupport
import Testing

/// Whatever comes between a commit and its report, the operator is told what was committed.
@Suite(.timeLimit(.minutes(20)))
struct CommittedTests {
    private static let schema = """
        CREATE TABLE item (id int PRIMARY KEY, ok bool NOT NULL);
        INSERT INTO item SELECT g, false FROM generate_series(1, 9) AS g
        """

    /// A check that repairs its rows; `slowly` takes ten seconds for each.
    private static func mending(_ id: String, _ rows: String, slowly: Bool = false) -> String {
        """
        ---
        id: \(id)
        kind: integrity
        key: [id]
        repairs: item
        ---

        # Items that are not right

        ```sql find
        SELECT id FROM item WHERE NOT ok AND id \(rows)
        ```

        ```sql fix
        UPDATE item SET ok = true FROM violations AS v WHERE item.id = v.id\(slowly ? " AND pg_sleep(10) IS NOT NULL" : "")
        ```

        """
    }

    private func withItems(
        _ checks: [String: String],
        _ body: (_ common: [String], _ conninfo: String, TemporaryFolder) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(checks)
            try await withDatabase(loading: [Self.schema, "CREATE SCHEMA assay"]) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                let common = ["--database", conninfo, "--expect", name, "--suite", "suite"]
                try await body(common, conninfo, folder)
            }
        }
    }

    @Test func `a fix that an administrator cancels fails alone`() async throws {
        let checks = ["first": Self.mending("first", "< 4", slowly: true), "second": Self.mending("second", ">= 4")]
        try await withItems(checks) { common, conninfo, folder in
            let run = try await assay(["audit", "--fix"] + common, in: folder) { _ in
                let cancel = """
                    SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE '%UPDATE item%pg_sleep%' AND pid <> pg_backend_pid()
                    """
                try await eventually { try await psql(cancel, at: conninfo) == "1" }
            }
            #expect(run.status == 2, "\(run.stdout)\(run.stderr)")
            #expect(run.stdout.contains("its statement was cancelled on the server"), "\(run.stdout)")
            #expect(try folder.record().check("second")?.repaired == 6)
            #expect(try await psql("SELECT count(*) FROM item WHERE ok", at: conninfo) == "6")
        }
    }

    @Test func `a database that is read-only by default is repaired, and the run finished`() async throws {
        try await withItems(["first": Self.mending("first", "< 4")]) { common, conninfo, folder in
            let name = try await psql("SELECT current_database()", at: conninfo)
            try await psql("ALTER DATABASE \(name) SET default_transaction_read_only = on", at: conninfo)
            // The first one creates the journal.
            let one = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(one.status == 0 && one.stderr == "", "\(one.stderr)")
            try await psql("BEGIN READ WRITE; UPDATE item SET ok = false; COMMIT", at: conninfo)
            let two = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(two.status == 0 && two.stderr == "", "\(two.stderr)")
            let finished = try await psql("SELECT count(finished_at) FROM assay.runs", at: conninfo)
            #expect(finished == "2")
        }
    }

    @Test func `a run that cannot note its end is reported all the same`() async throws {
        try await withItems(["first": Self.mending("first", "< 4")]) { common, conninfo, folder in
            let one = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(one.status == 0, "\(one.stderr)")
            try await psql("UPDATE item SET ok = false", at: conninfo)
            try await psql(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
                CREATE TRIGGER refuse BEFORE UPDATE ON assay.runs FOR EACH ROW EXECUTE FUNCTION refuse()
                """,
                at: conninfo
            )
            let two = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(two.status == 0 && two.stderr.contains("not today"), "\(two.stderr)")
            #expect(two.stderr.contains("`assay history` will call this run not finished"))
            #expect(try folder.record().check("first")?.repaired == 3)
        }
    }

    @Test func `what was committed is told when the report or the summary cannot be written`() async throws {
        try await withItems(["first": Self.mending("first", "< 4")]) { common, conninfo, folder in
            let script = "exec \"$@\" >/dev/full"
            let full = try await Program.run(
                ["-c", script, "sh", Program.assay, "audit", "--fix"] + common,
                executable: "sh",
                in: folder.path
            )
            let run = try folder.record().id
            #expect(full.status == 73, "\(full.stderr)")
            #expect(
                full.stderr.contains(
                    "The report is in output/runs/\(run). 3 rows were repaired, and that is committed; `assay undo \(run) --expect "
                ),
                "\(full.stderr)"
            )
            let roles = try await Program.run(
                ["-c", script, "sh", Program.assay, "sql", "roles", "--suite", "suite"],
                executable: "sh",
                in: folder.path
            )
            #expect(roles.status == 73 && !roles.stderr.contains("Failure("), "\(roles.stderr)")
        }
    }

    @Test func `nothing to repair leaves no journal behind`() async throws {
        try await withItems(["first": Self.mending("first", "< 0")]) { common, conninfo, folder in
            let run = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(try await psql("SELECT to_regclass('assay.repairs') IS NULL", at: conninfo) == "t")
        }
    }

    @Test func `the second count is for the whole check, and so is its note`() async throws {
        let check = Self.mending("first", "< 9").replacing(
            "repairs: item\n",
            with: "repairs: item\nleft_because: why\n"
        )
        .replacing("SELECT id FROM", with: "SELECT id, CASE WHEN id IN (1, 8) THEN 'locked by hand' END AS why FROM")
        .replacing("item.id = v.id", with: "item.id = v.id AND v.why IS NULL")
        try await withItems(["first": check]) { common, _, folder in
            let rehearsal = try await assay(["audit", "--fix", "--dry-run"] + common, in: folder)
            #expect(
                rehearsal.stdout.contains("6 would be repaired, 2 would be left: locked by hand"),
                "\(rehearsal.stdout)"
            )
            let run = try await assay(["audit", "--fix", "--batch", "3"] + common, in: folder)
            #expect(run.status == 1, "\(run.stderr)")
            #expect(run.stdout.contains("6 repaired, 2 left: locked by hand"), "\(run.stdout)")
            #expect(run.stdout.contains("6 rows repaired"))
        }
    }
}
