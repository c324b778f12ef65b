import Foundation
import TestSupport
import Testing

/// Repair and undo, as somebody at a terminal has them.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct FixTests {
    /// The platform's own tables, row by row; `updated_at` changes by itself.
    private static let state = """
        SELECT md5(string_agg(row, ',' ORDER BY row)) FROM (
            SELECT (to_jsonb(b) - 'updated_at')::text AS row FROM broadcast_manager AS b
            UNION ALL SELECT (to_jsonb(m) - 'updated_at')::text FROM main_clients_database AS m
            UNION ALL SELECT to_jsonb(u)::text FROM registered_users AS u
        ) AS rows
        """

    /// The run that a summary tells of; two runs of one second are in no order.
    private func runID(_ result: Program.Result) throws -> String {
        String(try #require(result.stdout.firstMatch(of: /run ([0-9TZa-f-]+)/)).1)
    }

    /// Runs `body` with a fresh sample database and its name.
    private func withSample(_ body: (_ conninfo: String, _ name: String, TemporaryFolder) async throws -> Void)
        async throws
    {
        try await TemporaryFolder.with { folder in
            try await withDatabase(loading: Broadcast.statements("sample")) { conninfo in
                try await body(conninfo, psql("SELECT current_database()", at: conninfo), folder)
            }
        }
    }

    @Test func `a fix repairs, an undo takes back, and the record keeps to the schema`() async throws {
        try await withSample { conninfo, name, folder in
            let before = try await psql(Self.state, at: conninfo)
            let fix = try await assay(
                ["audit", "--fix", "--database", conninfo, "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(fix.status == 1, "what nobody can repair is left: \(fix.stdout)\(fix.stderr)")
            let record = try folder.record()
            #expect(try await SchemaTests().mistakes(in: folder.file("output/runs/\(record.id)/run.json")) == "")
            let mine = """
                SELECT count(*), count(*) FILTER (WHERE broadcast_status = 'pending' AND is_active
                    AND next_send_time <= now() AND last_manual_trigger_time IS NULL AND manual_trigger_count
                    + total_broadcasts + successful_broadcasts + failed_broadcasts + consecutive_failures = 0)
                FROM broadcast_manager WHERE client_id = '\(Broadcast.reporter)'
                """
            #expect(try await psql(mine, at: conninfo) == "10|10")
            let page = try folder.read("output/index.html")
            // The page has the command of the record, and makes up none.
            #expect(page.contains("assay undo \(record.id)") == (record.commands.undo != nil))

            let history = try await assay(["history", "--database", conninfo], in: folder)
            #expect(history.status == 0 && history.stdout.contains(record.id), "\(history.stdout)\(history.stderr)")

            let rehearsal = try await assay(
                ["undo", record.id, "--dry-run", "--database", conninfo, "--expect", name, "--output", "rehearsal"]
                    + Broadcast.suite,
                in: folder
            )
            #expect(rehearsal.status == 0, "\(rehearsal.stdout)\(rehearsal.stderr)")
            #expect(try await psql(mine, at: conninfo) == "10|10")

            let undo = try await assay(
                ["undo", record.id, "--database", conninfo, "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(undo.status == 0, "\(undo.stdout)\(undo.stderr)")
            #expect(try await psql(Self.state, at: conninfo) == before)
            let undone = try runID(undo)
            #expect(undone != record.id)
            #expect(try await SchemaTests().mistakes(in: folder.file("output/runs/\(undone)/run.json")) == "")

            let again = try await assay(
                ["undo", record.id, "--database", conninfo, "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(again.status == 0 && again.stderr.contains("nothing"), "\(again.stdout)\(again.stderr)")
            #expect(try await psql(Self.state, at: conninfo) == before)
        }
    }

    @Test func `a rehearsal says would be, and changes nothing at all`() async throws {
        try await withSample { conninfo, name, folder in
            let before = try await psql(Self.state, at: conninfo)
            let run = try await assay(
                ["audit", "--fix", "--dry-run", "--database", conninfo, "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(run.status == 1, "\(run.stderr)")
            #expect(run.stdout.contains("would be repaired"))
            #expect(try await psql(Self.state, at: conninfo) == before)
            #expect(try await psql("SELECT to_regnamespace('assay') IS NULL", at: conninfo) == "t")
        }
    }

    @Test func `a run that writes must be told its database, and meet its cluster`() async throws {
        try await withSample { conninfo, name, folder in
            let before = try await psql(Self.state, at: conninfo)
            let unnamed = try await assay(["audit", "--fix", "--database", conninfo] + Broadcast.suite, in: folder)
            #expect(unnamed.status == 77 && unnamed.stderr.contains("--expect NAME"), "\(unnamed.stderr)")
            let other = try await assay(
                ["audit", "--fix", "--database", conninfo, "--expect", "shop"] + Broadcast.suite,
                in: folder
            )
            #expect(other.status == 77 && other.stderr.contains("'shop' is expected"), "\(other.stderr)")
            // The last run under this name found another cluster: this one may be a copy.
            let audit = try await assay(["audit", "--database", conninfo] + Broadcast.suite, in: folder)
            #expect(audit.status == 1)
            let path = "output/runs/\(try folder.record().id)/run.json"
            let record = try folder.read(path)
            let cluster = try #require(record.firstMatch(of: /"system_identifier" : "(\d+)"/)).1
            _ = try folder.write(record.replacing(cluster, with: "1234"), to: path)
            let arguments = ["audit", "--fix", "--database", conninfo, "--expect", name] + Broadcast.suite
            let copy = try await assay(arguments, in: folder)
            #expect(copy.status == 77 && copy.stderr.contains("--expect-cluster \(cluster)"), "\(copy.stderr)")
            #expect(try await psql(Self.state, at: conninfo) == before)
            let meant = try await assay(arguments + ["--expect-cluster", String(cluster)], in: folder)
            #expect(meant.status == 1, "\(meant.stderr)")
        }
    }

    @Test func `the second of two runs ends at once with 75`() async throws {
        try await withSample { conninfo, name, folder in
            let hold = "SELECT pg_advisory_lock(\(0x61_7373_6179)); SELECT pg_sleep(60)"
            let holder = Task { try await psql(hold, at: conninfo) }
            // Locks of other tests' databases are in the view, too.
            let held =
                "FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database"
                + " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
            try await eventually { try await psql("SELECT count(*) \(held)", at: conninfo) != "0" }
            let second = try await assay(
                ["audit", "--fix", "--database", conninfo, "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(second.status == 75 && second.stderr.contains("another run is at work"), "\(second.stderr)")
            _ = try await psql("SELECT pg_terminate_backend(pid) \(held)", at: conninfo)
            _ = await holder.result
        }
    }

    @Test func `the printed grants are enough for a reader and for a fixer`() async throws {
        try await withSample { conninfo, name, folder in
            let (reader, fixer) = ("reader_\(name)", "fixer_\(name)")
            // A default may take its values from a sequence that does not belong to the table.
            let shared =
                "CREATE SEQUENCE numbers; ALTER TABLE broadcast_manager ADD number bigint DEFAULT nextval('numbers')"
            try await TestDatabase.load([shared], into: conninfo)
            let roles = try await assay(
                ["sql", "roles", "--reader", reader, "--fixer", fixer] + Broadcast.suite,
                in: folder
            )
            #expect(roles.status == 0, "\(roles.stderr)")
            let journal = try await assay(["sql", "journal"], in: folder)
            for sql in ["CREATE ROLE \(reader) LOGIN", "CREATE ROLE \(fixer) LOGIN", journal.stdout, roles.stdout] {
                try await TestDatabase.load([sql], into: conninfo)
            }
            let read = try await assay(
                ["audit", "--database", "\(conninfo) user=\(reader)"] + Broadcast.suite,
                in: folder
            )
            #expect(read.status == 1, "\(read.stdout)\(read.stderr)")
            let fixing = ["--database", "\(conninfo) user=\(fixer)", "--expect", name]
            let fix = try await assay(["audit", "--fix"] + Broadcast.suite + fixing, in: folder)
            #expect(
                fix.status == 1 && fix.stdout.contains("35 rows repaired for 15 users"),
                "\(fix.stdout)\(fix.stderr)"
            )
            let undo = try await assay(["undo", try runID(fix)] + Broadcast.suite + fixing, in: folder)
            #expect(undo.status == 0, "\(undo.stdout)\(undo.stderr)")
            let forbidden = try await assay(
                ["audit", "--fix", "--database", "\(conninfo) user=\(reader)", "--expect", name] + Broadcast.suite,
                in: folder
            )
            #expect(forbidden.status == 2 || forbidden.status == 77, "\(forbidden.stdout)\(forbidden.stderr)")
            try await TestDatabase.load(
                ["DROP OWNED BY \(reader), \(fixer); DROP ROLE \(reader), \(fixer)"],
                into: conninfo
            )
        }
    }
}
