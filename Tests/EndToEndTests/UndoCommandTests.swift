import Foundation
import Glibc
import TestSupport
import Testing

/// Repairing, undoing and listing runs with the built program.
@Suite(.timeLimit(.minutes(20)))
struct UndoCommandTests {
    /// All rows of the platform's tables, as one text.
    private static let contents = """
        SELECT md5(concat(
            (SELECT string_agg(to_jsonb(t)::text, '' ORDER BY to_jsonb(t)::text) FROM broadcast_manager AS t),
            (SELECT string_agg(to_jsonb(t)::text, '' ORDER BY to_jsonb(t)::text) FROM main_clients_database AS t),
            (SELECT string_agg(to_jsonb(t)::text, '' ORDER BY to_jsonb(t)::text) FROM registered_users AS t)
        ))
        """

    private static func sample() throws -> [String] {
        try ["schema", "sample"].map { name in
            try String(contentsOfFile: "\(projectRoot)/audits/broadcast/sample/\(name).sql", encoding: .utf8)
        }
    }

    private static func name(of conninfo: String) throws -> String {
        try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
    }

    private static func lastRun(at conninfo: String) async throws -> String {
        try #require(try await Query.value("SELECT max(id) FROM assay.runs WHERE mode = 'fix'", at: conninfo))
    }

    @Test func aRunIsTakenBackOnceAndListed() async throws {
        try await TestDatabase.with(loading: Self.sample()) { conninfo in
            try await TemporaryFolder.with { folder in
                let before = try await Query.value(Self.contents, at: conninfo)
                let none = try await Program.run(["history", "--database", conninfo])
                #expect(none.status == 0 && none.stdout.contains("has no journal"), "\(none.stderr)")
                let common = [
                    "--database", conninfo, "--output", folder.file("output"), "--expect", try Self.name(of: conninfo),
                    "--suite", "shipped:broadcast",
                ]
                let fixed = try await Program.run(["audit", "--fix"] + common)
                #expect([0, 1].contains(fixed.status), "\(fixed.stderr)")
                let run = try await Self.lastRun(at: conninfo)

                let unexpected = try await Program.run([
                    "undo", run, "--database", conninfo, "--output", folder.file("output"), "--suite",
                    "shipped:broadcast",
                ])
                #expect(unexpected.status == 77, "\(unexpected.stderr)")
                let unknown = try await Program.run(["undo", "20260101T000000Z-000000"] + common)
                #expect(unknown.status == 64 && unknown.stderr.contains(run), "\(unknown.stderr)")
                let wouldBe = try await Program.run(["undo", run, "--dry-run"] + common)
                #expect(wouldBe.status == 0 && wouldBe.stdout.contains("would be taken back"), "\(wouldBe.stderr)")
                let undone = try await Program.run(["undo", run] + common)
                #expect(undone.status == 0 && undone.stdout.contains("rows taken back"), "\(undone.stderr)")
                #expect(try await Query.value(Self.contents, at: conninfo) == before)
                let page = try folder.read("output/index.md")
                #expect(page.contains("undo: the repairs of `\(run)` were taken back"))
                let again = try await Program.run(["undo", run] + common)
                #expect(
                    again.status == 0 && again.stderr.contains("Nothing is left of the run \(run)"),
                    "\(again.stderr)"
                )

                let history = try await Program.run(["history", "--database", conninfo, "--format", "json"])
                let entries = try JSONSerialization.jsonObject(with: Data(history.stdout.utf8)) as? [[String: Any]]
                #expect(entries?.map { $0["mode"] as? String } == ["undo", "fix"])
                #expect(entries?.last?["pending"] as? Int == 0)
                #expect((entries?.last?["rows"] as? Int ?? 0) > 0)
                #expect(entries?.last?["undone_by"] as? [String] == [entries?.first?["id"] as? String ?? ""])
                let list = try await Program.run(["history", "--database", conninfo])
                #expect(list.stdout.contains("repaired: all taken back by 2"))
            }
        }
    }

    /// The roles have what `assay sql roles` grants, and nothing else.
    @Test func theGrantsAreEnough() async throws {
        try await TestDatabase.with(loading: Self.sample()) { conninfo in
            try await TemporaryFolder.with { folder in
                let name = try Self.name(of: conninfo)
                let (reader, fixer, guest) = ("\(name) Reader", "\(name) Fix\"er", "\(name)_guest")
                let journal = try await Program.run(["sql", "journal"]).stdout
                let grants = try await Program.run(
                    ["sql", "roles", "--reader", reader, "--fixer", fixer] + Broadcast.suite
                ).stdout
                try await TestDatabase.load(
                    [
                        "CREATE ROLE \"\(reader)\" LOGIN; CREATE ROLE \"\(fixer.replacing("\"", with: "\"\""))\" LOGIN",
                        "CREATE ROLE \(guest) LOGIN", journal, journal, grants,
                        "GRANT USAGE ON SCHEMA assay TO \(guest); GRANT SELECT ON ALL TABLES IN SCHEMA assay TO \(guest)",
                    ],
                    into: conninfo
                )
                func common(_ role: String) -> [String] {
                    ["--database", "\(conninfo) user='\(role)'", "--expect", name, "--output", folder.file("output")]
                        + Broadcast.suite
                }
                let before = try await Query.value(Self.contents, at: conninfo)
                let read = try await Program.run(["audit"] + common(reader))
                #expect(read.status == 1, "\(read.stdout)\(read.stderr)")
                let refused = try await Program.run(["audit", "--fix"] + common(reader))
                #expect(refused.status != 0)
                #expect(try await Query.value(Self.contents, at: conninfo) == before)

                let fixed = try await Program.run(["audit", "--fix"] + common(fixer))
                #expect(fixed.status == 1, "\(fixed.stdout)\(fixed.stderr)")
                #expect(try await Query.value(Self.contents, at: conninfo) != before)
                let run = try await Self.lastRun(at: conninfo)
                let undone = try await Program.run(["undo", run] + common(fixer))
                #expect(undone.status == 0, "\(undone.stdout)\(undone.stderr)")
                #expect(try await Query.value(Self.contents, at: conninfo) == before)
                for role in [reader, guest] {
                    let history = try await Program.run(["history", "--database", "\(conninfo) user='\(role)'"])
                    #expect(history.status == 0 && history.stdout.contains(run), "\(history.stderr)")
                }
                let stranger = try await Program.run(["undo", run] + common(reader))
                #expect([0, 77].contains(stranger.status), "\(stranger.stderr)")
                try await TestDatabase.load(
                    [
                        """
                        DROP OWNED BY "\(reader)", "\(fixer.replacing("\"", with: "\"\""))", \(guest);
                        DROP ROLE "\(reader)", "\(fixer.replacing("\"", with: "\"\""))", \(guest)
                        """
                    ],
                    into: conninfo
                )
            }
        }
    }

    /// An undo is one transaction: killed at any moment, all of it happened or nothing.
    @Test func aKilledUndoIsWholeOrNothing() async throws {
        let schema = """
            CREATE TABLE item (id int PRIMARY KEY);
            CREATE TABLE note (item int PRIMARY KEY, stamp timestamptz DEFAULT now());
            INSERT INTO item SELECT generate_series(1, 10000)
            """
        let check = """
            ---
            id: missing
            kind: orphan
            key: [item]
            repairs: note
            fix_limits: none
            ---

            # Items without a note

            ```sql find
            SELECT id AS item FROM item AS i WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)
            ```

            ```sql fix
            INSERT INTO note (item) SELECT item FROM violations
            ```
            """
        try await TemporaryFolder.with { folder in
            try folder.write("id: kills\ntitle: Items and notes\n", to: "suite/suite.yml")
            try folder.write(check, to: "suite/missing.md")
            try await TestDatabase.with(loading: [schema]) { conninfo in
                let common = [
                    "--database", conninfo, "--expect", try Self.name(of: conninfo), "--suite", folder.file("suite"),
                    "--output", folder.file("output"),
                ]
                let clock = ContinuousClock()
                var longest = 0.0
                var kills = 0
                for attempt in 0...8 {
                    let fixed = try await Program.run(["audit", "--fix"] + common)
                    #expect(fixed.status == 0, "\(fixed.stderr)")
                    let run = try await Self.lastRun(at: conninfo)
                    // The first one is not killed, and shows how long an undo takes.
                    let delay = attempt == 0 ? nil : Double.random(in: 0...longest / 2)
                    let start = clock.now
                    let undone = try await Program.run(["undo", run] + common) { program in
                        guard let delay else { return }
                        try await Task.sleep(for: .seconds(delay))
                        program.signal(SIGKILL)
                    }
                    if attempt == 0 { longest = Double((clock.now - start) / .seconds(1)) }
                    if undone.status == 128 + Int(SIGKILL) { kills += 1 }
                    let busy =
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^assay/[0-9]'"
                        + " AND datname = current_database()"
                    while try await Query.value(busy, at: conninfo) != "0" {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    let state = try await Query.value(
                        """
                        SELECT concat_ws(' ', (SELECT count(*) FROM note), count(*)) FROM assay.repairs
                        WHERE undone_by IS NULL
                        """,
                        at: conninfo
                    )
                    #expect(["0 0", "10000 10000"].contains(state), "\(undone.stderr)")
                    let second = try await Program.run(["undo", run] + common)
                    #expect(second.status == 0, "\(second.stderr)")
                    #expect(try await Query.value("SELECT count(*) FROM note", at: conninfo) == "0")
                }
                #expect(kills > 0)
            }
        }
    }
}
