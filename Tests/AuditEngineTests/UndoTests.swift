import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Each item should have a note of its owner, and no note should be without an item.
private let schema = """
    CREATE TABLE item (id int PRIMARY KEY, owner text);
    CREATE TABLE note (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item int UNIQUE, owner text, text text NOT NULL DEFAULT 'new',
        length int GENERATED ALWAYS AS (length(text)) STORED
    );
    INSERT INTO item SELECT g, 'owner-' || g % 3 FROM generate_series(1, 30) AS g;
    INSERT INTO note (item, owner) SELECT g, 'owner-' || g % 3 FROM generate_series(1, 20) AS g;
    INSERT INTO note (item, owner, text) SELECT g, NULL, 'stray ' || g FROM generate_series(100, 104) AS g
    """

private let missing = repairable(
    "missing",
    "SELECT id AS item, owner FROM item AS i WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)",
    key: ["item"],
    user: "owner",
    fix: "INSERT INTO note (item, owner) SELECT item, owner FROM violations ON CONFLICT (item) DO NOTHING",
    repairs: "note"
)

private let stray = repairable(
    "stray",
    "SELECT id, owner FROM note AS n WHERE NOT EXISTS (SELECT FROM item AS i WHERE i.id = n.item)",
    key: ["id"],
    user: "owner",
    fix: "DELETE FROM note AS n USING violations AS v WHERE n.id = v.id",
    repairs: "note"
)

private let unread = repairable(
    "unread",
    "SELECT id, owner FROM note WHERE text = 'new' AND owner = 'owner-1'",
    key: ["id"],
    user: "owner",
    fix: "UPDATE note AS n SET text = 'read' FROM violations AS v WHERE n.id = v.id",
    repairs: "note"
)

private let checks = [stray, missing, unread]

@Suite(.timeLimit(.minutes(20)))
struct UndoTests {
    @Test func theDatabaseIsWhatItWas() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let fixed = try await fix(checks, at: conninfo)
            // The last check also changes what the second one inserted.
            #expect(fixed.checks.map(\.repaired) == [5, 10, 10])
            #expect(try await contents(at: conninfo) != before)
            let undone = try await undo("\(fixed.id)", checks, at: conninfo)
            #expect(try await contents(at: conninfo) == before)
            #expect(undone.run.mode == .undo)
            #expect(undone.run.undoes == fixed.id)
            #expect(undone.run.checks.map(\.before) == [0, 0, 0])
            #expect(undone.run.checks.map(\.repaired) == [-5, -10, -10])
            #expect(undone.run.checks.map(\.after) == [5, 10, 7])
            #expect(undone.run.checks.map(\.notes) == [[], [], []])
            #expect(undone.run.totals.repaired == -25)
            #expect(
                undone.run.users.index(of: "owner-1").map { undone.run.users.tally(check: 1, user: $0) }
                    == UserTallies.Tally(before: 0, repaired: -3, after: 3)
            )
            #expect(undone.left.isEmpty)
            #expect(undone.repairs["missing"]?.split(separator: "\n").count == 11)
            #expect(undone.repairs["stray"]?.contains("insert,public.note,") == true)
            let journal = "SELECT string_agg(DISTINCT undone_by, ',') || count(*) FROM assay.repairs"
            #expect(try await value(journal, at: conninfo) == "\(undone.run.id)25")
            let runs =
                "SELECT concat_ws(' ', mode, undoes, finished_at IS NOT NULL) FROM assay.runs WHERE mode = 'undo'"
            #expect(try await value(runs, at: conninfo) == "undo \(fixed.id) t")
        }
    }

    @Test func batchesComeBack() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let fixed = try await fix(checks, at: conninfo) { $0.batch = 3 }
            _ = try await undo("\(fixed.id)", checks, at: conninfo)
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test func twiceChangesNothingAndSaysSo() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix(checks, at: conninfo)
            let undone = try await undo("\(fixed.id)", checks, at: conninfo)
            let between = try await contents(at: conninfo)
            let error = await #expect(throws: AuditError.self) {
                _ = try await undo("\(fixed.id)", checks, at: conninfo)
            }
            guard case .nothingToUndo(let message) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(message.contains("All 25 rows were taken back by \(undone.run.id)"))
            #expect(try await contents(at: conninfo) == between)
            #expect(try await value("SELECT count(*) FROM assay.runs", at: conninfo) == "2")
        }
    }

    @Test func aDryRunTellsAndChangesNothing() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix(checks, at: conninfo)
            let before = try await contents(at: conninfo)
            let journal = "SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM assay.repairs AS r"
            let entries = try await value(journal, at: conninfo)
            let undone = try await undo("\(fixed.id)", checks, at: conninfo) { $0.isDryRun = true }
            #expect(undone.run.mode == .dryRun && undone.run.undoes == fixed.id)
            #expect(undone.run.checks.map(\.repaired) == [-5, -10, -10])
            #expect(undone.run.checks.map(\.after) == [5, 10, 7])
            #expect(try await contents(at: conninfo) == before)
            #expect(try await value(journal, at: conninfo) == entries)
            #expect(try await value("SELECT count(*) FROM assay.runs", at: conninfo) == "1")
        }
    }

    @Test func oneCheckAndOneUser() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix([stray, missing], at: conninfo)
            let one = try await undo("\(fixed.id)", checks, at: conninfo) {
                $0.checks = ["missing"]
                $0.user = "owner-1"
            }
            #expect(one.check("missing")?.repaired == -3)
            #expect(one.check("stray")?.repaired == nil)
            #expect(one.check("missing")?.after == 3)
            let rest = try await undo("\(fixed.id)", checks, at: conninfo)
            #expect(rest.check("missing")?.repaired == -7)
            #expect(rest.check("stray")?.repaired == -5)
        }
    }

    @Test func rowsChangedRemovedOrThereAgainStayAndAreListed() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix([stray, missing], at: conninfo)
            try await TestDatabase.load(
                [
                    """
                    UPDATE note SET text = 'changed' WHERE item = 21;
                    DELETE FROM note WHERE item = 22;
                    -- The key of one that was repaired, for another row.
                    DELETE FROM note WHERE item = 23 RETURNING id;
                    INSERT INTO note (id, item, owner) OVERRIDING SYSTEM VALUE
                    SELECT (key ->> 'id')::int, 999, 'other' FROM assay.repairs WHERE after ->> 'item' = '23';
                    -- The key of one that was removed, and the unique value of another.
                    INSERT INTO note (id, item) OVERRIDING SYSTEM VALUE
                    SELECT (key ->> 'id')::int, 998 FROM assay.repairs WHERE before ->> 'item' = '100';
                    INSERT INTO note (item, owner) VALUES (101, 'other');
                    """
                ],
                into: conninfo
            )
            let undone = try await undo("\(fixed.id)", checks, at: conninfo)
            #expect(undone.check("missing")?.repaired == -7)
            #expect(undone.check("stray")?.repaired == -3)
            let missing = undone.left["missing"] ?? ""
            #expect(missing.split(separator: "\n").first == "table,key,user,why")
            #expect(missing.split(separator: "\n").count == 4, "\(missing)")
            #expect(missing.contains("changed since: text\n"))
            #expect(missing.contains("removed since\n"))
            #expect(missing.contains("\"changed since: item, owner\"\n"))
            let stray = undone.left["stray"] ?? ""
            #expect(stray.contains("a row with its key is there again\n"), "\(stray)")
            #expect(stray.contains("another row has its unique values\n"), "\(stray)")
            #expect(
                undone.check("missing")?.notes.first?.hasPrefix("3 rows left as they are (changed since: 2") == true
            )
            #expect(
                try await value("SELECT count(*) FROM note WHERE text = 'changed' OR item > 900", at: conninfo) == "3"
            )
            #expect(try await value("SELECT count(*) FROM assay.repairs WHERE undone_by IS NULL", at: conninfo) == "5")
            // What stayed is tried again, and stays again.
            let again = try await undo("\(fixed.id)", checks, at: conninfo)
            #expect(again.run.totals.repaired == 0)
            #expect(again.left.keys.sorted() == ["missing", "stray"])
            #expect(try await value("SELECT count(*) FROM assay.runs", at: conninfo) == "2")
        }
    }

    @Test func anUnknownRunIsRefusedWithTheNearest() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            await #expect(throws: AuditError.self) { _ = try await undo("x", checks, at: conninfo) }
            let fixed = try await fix([stray], at: conninfo)
            let undone = try await undo("\(fixed.id)", checks, at: conninfo)
            for wrong in ["nonsense", "20260101T000000Z-000000", "\(undone.run.id)"] {
                let error = await #expect(throws: AuditError.self) {
                    _ = try await undo(wrong, checks, at: conninfo)
                }
                guard case .wrongUsage(let message) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(message.contains(wrong == "\(undone.run.id)" ? "itself an undo" : "\(fixed.id)"))
            }
            let error = await #expect(throws: AuditError.self) {
                _ = try await undo("\(fixed.id)", checks, at: conninfo) { $0.checks = ["missing"] }
            }
            #expect(error?.description.contains("it repaired with stray") == true)
        }
    }

    @Test func onlyTheExpectedDatabaseIsTouched() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix([stray], at: conninfo)
            for expected in [nil, "another"] {
                let error = await #expect(throws: AuditError.self) {
                    _ = try await undo(
                        "\(fixed.id)",
                        checks,
                        at: conninfo,
                        settings: { $0.expectedDatabase = expected }
                    )
                }
                switch error {
                case .notPermitted, .unexpectedDatabase: break
                default: Issue.record("\(String(describing: error))")
                }
            }
            #expect(try await value("SELECT count(*) FROM assay.repairs WHERE undone_by IS NULL", at: conninfo) == "5")
        }
    }
}
