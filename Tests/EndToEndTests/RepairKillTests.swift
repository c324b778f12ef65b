import Foundation
import TestSupport
import Testing

/// A fix of ten thousand rows that is killed at any moment leaves each row repaired and journalled, or neither.
struct RepairKillTests {
    /// More of them with `ASSAY_KILLS=200 swift test --filter RepairKillTests`.
    private static let kills = ProcessInfo.processInfo.environment["ASSAY_KILLS"].flatMap { Int($0) } ?? 12

    private static let schema = """
        CREATE TABLE item (id int PRIMARY KEY, owner text);
        CREATE TABLE note (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item int UNIQUE, owner text);
        INSERT INTO item SELECT g, 'owner-' || g % 100 FROM generate_series(1, 12000) AS g;
        INSERT INTO note (item, owner) SELECT id, owner FROM item WHERE id <= 2000
        """

    private static let suite = [
        "suite.yml": "id: kills\ntitle: Items and notes\n",
        "missing.md": """
        ---
        id: missing
        kind: orphan
        user: owner
        key: [item]
        repairs: note
        fix_limits: none
        ---

        # Items without a note

        ```sql find
        SELECT id AS item, owner FROM item AS i WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)
        ```

        ```sql fix
        INSERT INTO note (item, owner) SELECT item, owner FROM violations ON CONFLICT (item) DO NOTHING
        ```
        """,
    ]

    enum Victim: CaseIterable {
        case program, backend
    }

    @Test(.timeLimit(.minutes(20)), arguments: Victim.allCases, [nil, 1000])
    func eachRowIsRepairedAndJournalledOrNeither(victim: Victim, batch: Int?) async throws {
        try await TemporaryFolder.with { folder in
            for (name, text) in Self.suite { _ = try folder.write(text, to: "suite/\(name)") }
            var partial = 0
            let clock = ContinuousClock()
            var longest = 0.0
            for kill in 0...(Self.kills / 4) {
                try await withDatabase(loading: [Self.schema]) { conninfo in
                    let untouched = try await dump(conninfo)
                    #expect(untouched.count > 14_000)
                    let name = try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
                    let arguments =
                        ["audit", "--fix", "--database", conninfo, "--expect", name, "--suite", folder.file("suite")]
                        + ["--output", folder.file("output"), "--statement-timeout", "5min"]
                        + (batch.map { ["--batch", String($0)] } ?? [])
                    let notes = "SELECT count(*) - 2000 FROM note"
                    let start = clock.now
                    // The first run is not killed, and shows how long one takes.
                    let delay = kill == 0 ? nil : Double.random(in: 0...longest)
                    let run = try await Program.run(arguments) { program in
                        guard let delay else { return }
                        try await Task.sleep(for: .seconds(delay))
                        switch victim {
                        case .program: program.signal(SIGKILL)
                        case .backend:
                            _ = try await Query.value(
                                """
                                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                                WHERE application_name ~ '^assay/[0-9]' AND datname = current_database()
                                """,
                                at: conninfo
                            )
                        }
                    }
                    if kill == 0 { longest = Double((clock.now - start) / .seconds(1)) }
                    // The server notices a dead client when it next speaks to it.
                    let busy =
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^assay/[0-9]'"
                        + " AND datname = current_database()"
                    while try await Query.value(busy, at: conninfo) != "0" {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    let repaired = try await Query.value(notes, at: conninfo).flatMap { Int($0) } ?? -1
                    let journal = try await journalled(at: conninfo)
                    #expect(journal == repaired, "\(run.stderr)")
                    #expect(repaired.isMultiple(of: batch ?? 10_000))
                    if repaired > 0, repaired < 10_000 { partial += 1 }

                    let second = try await Program.run(arguments)
                    #expect(second.status == 0, "\(second.stdout) \(second.stderr)")
                    #expect(try await Query.value(notes, at: conninfo) == "10000")
                    #expect(try await journalled(at: conninfo) == 10_000)

                    let runs = "SELECT string_agg(DISTINCT run, ' ' ORDER BY run) FROM assay.repairs"
                    let ids = try await Query.value(runs, at: conninfo) ?? ""
                    let common = ["--database", conninfo, "--expect", name, "--suite", folder.file("suite")]
                    for id in ids.split(separator: " ").map(String.init) {
                        let undo = try await Program.run(["undo", id] + common + ["--output", folder.file("output")])
                        #expect(undo.status == 0, "\(undo.stdout) \(undo.stderr)")
                    }
                    #expect(try await dump(conninfo) == untouched, "undo restores what was there before")
                }
            }
            #expect(batch != nil || partial == 0, "one transaction is all or nothing")
        }
    }

    /// All rows of all tables but the journal's, sorted.
    private func dump(_ conninfo: String) async throws -> [Substring] {
        let arguments = ["--data-only", "--exclude-schema=assay", "--dbname", conninfo]
        let dump = try await Program.run(arguments, executable: "pg_dump")
        #expect(dump.status == 0, "\(dump.stderr)")
        // Numbers that were taken from a sequence do not come back; the key of `\restrict` is another one each time.
        return dump.stdout.split(separator: "\n")
            .filter { !$0.contains("setval") && !$0.contains("restrict ") }.sorted()
    }

    /// Rows of the journal whose note is there, as it is.
    private func journalled(at conninfo: String) async throws -> Int {
        let exists = try await Query.value("SELECT to_regclass('assay.repairs') IS NOT NULL", at: conninfo)
        guard exists == "t" else { return 0 }
        let same = "SELECT count(*) FROM assay.repairs AS r JOIN note AS n ON r.after = to_jsonb(n)"
        return try await Query.value(same, at: conninfo).flatMap { Int($0) } ?? -1
    }
}
