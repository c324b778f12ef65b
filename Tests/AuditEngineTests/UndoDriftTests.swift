import AuditEngine
import AuditModel
import TestSupport
import Testing

/// The database, or the suite, is another one since the fix.
@Suite(.timeLimit(.minutes(20)))
struct UndoDriftTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, a text, bad bool);
        INSERT INTO t VALUES (1, 'precious', true), (2, 'more', true), (3, NULL, false)
        """
    private static let removal = "DELETE FROM t USING violations AS v WHERE t.id = v.id"

    private static func bad(_ fix: String = removal) -> Check {
        repairable("bad", "SELECT id FROM t WHERE bad", key: ["id"], fix: fix, repairs: "t")
    }

    @Test(arguments: [removal, "UPDATE t SET a = 'x', bad = false FROM violations AS v WHERE t.id = v.id"])
    func aValueThatHasNowhereToGoIsTold(text: String) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let run = try await fix([Self.bad(text)], at: conninfo)
            try await TestDatabase.load(["ALTER TABLE t RENAME a TO aa"], into: conninfo)
            let undone = try await undo("\(run.id)", [Self.bad(text)], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2)
            let note = "2 rows came back with another value in a, by a trigger, a changed type, or a column"
            #expect(undone.run.checks[0].notes.first?.hasPrefix(note) == true, "\(undone.run.checks[0].notes)")
        }
    }

    @Test func aColumnThatWasDroppedAndHeldNothingIsNoLoss() async throws {
        try await withDatabase(loading: [Self.schema, "UPDATE t SET a = NULL"]) { conninfo in
            let run = try await fix([Self.bad()], at: conninfo)
            try await TestDatabase.load(["ALTER TABLE t DROP COLUMN a"], into: conninfo)
            let undone = try await undo("\(run.id)", [Self.bad()], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2 && undone.run.checks[0].notes.isEmpty)
        }
    }

    @Test func aCheckThatTheSuiteHasLostIsTakenBackAndTold() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let run = try await fix([Self.bad()], at: conninfo)
            let another = check("another", "SELECT id FROM t WHERE bad")
            let undone = try await undo("\(run.id)", [another], at: conninfo)
            #expect(try await contents(at: conninfo) == before)
            #expect(undone.run.totals.repaired == -2)
            let result = try #require(undone.check("bad"))
            #expect(result.repaired == -2 && result.before == nil && result.error?.contains("no such check") == true)
            #expect(undone.check("another")?.before == 0 && undone.check("another")?.after == 2)
            #expect(undone.repairs["bad"]?.split(separator: "\n").count == 3)
        }
    }

    @Test func severalRowsWithOneKeyStay() async throws {
        let schema = "CREATE TABLE t (id int, a text, bad bool, CONSTRAINT pk PRIMARY KEY (id));"
        let need = "CREATE TABLE need (id int); INSERT INTO need VALUES (1), (2)"
        let check = repairable(
            "lacking",
            "SELECT id FROM need WHERE NOT EXISTS (SELECT FROM t WHERE t.id = need.id)",
            key: ["id"],
            fix: "INSERT INTO t (id) SELECT id FROM violations",
            repairs: "t"
        )
        try await withDatabase(loading: [schema, need]) { conninfo in
            let run = try await fix([check], at: conninfo)
            let change =
                "ALTER TABLE t DROP CONSTRAINT pk; ALTER TABLE t ALTER id DROP NOT NULL; INSERT INTO t VALUES (1)"
            try await TestDatabase.load([change], into: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -1 && undone.run.checks[0].left == 1)
            #expect(undone.left["lacking"]?.contains("several rows of public.t have its key") == true)
            #expect(try await value("SELECT string_agg(id::text, ' ') FROM t", at: conninfo) == "1 1")
        }
    }

    @Test func aJournalOfANewerProgramIsLeftAlone() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let run = try await fix([Self.bad()], at: conninfo)
            try await TestDatabase.load(["INSERT INTO assay.journal VALUES (99)"], into: conninfo)
            let error = await #expect(throws: AuditError.self) {
                try await undo("\(run.id)", [Self.bad()], at: conninfo)
            }
            guard case .notPermitted(let message) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(message.contains("has version 99"))
        }
    }

    @Test func aCheckIDThatIsAPathIsRefused() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let run = try await fix([Self.bad()], at: conninfo)
            try await TestDatabase.load(["UPDATE assay.repairs SET check_id = '../../evil'"], into: conninfo)
            let error = await #expect(throws: AuditError.self) {
                try await undo("\(run.id)", [Self.bad()], at: conninfo)
            }
            #expect(error?.description.contains("no check's id") == true)
        }
    }

    @Test func rowsWithoutAUserAreChosenByNoName() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            var check = repairable(
                "bad",
                "SELECT id, a FROM t WHERE bad",
                key: ["id"],
                user: "a",
                fix: Self.removal,
                repairs: "t"
            )
            check.user = "a"
            try await TestDatabase.load(["UPDATE t SET a = NULL WHERE id = 2"], into: conninfo)
            let run = try await fix([check], at: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo, undo: { $0.user = "" })
            #expect(undone.run.checks[0].repaired == -1)
            #expect(try await value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM t", at: conninfo) == "2 3")
        }
    }
}
