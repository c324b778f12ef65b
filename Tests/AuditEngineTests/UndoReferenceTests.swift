import AuditEngine
import AuditModel
import Logging
import Postgres
import TestSupport
import Testing

/// Two checks whose fixes create a parent, and then its child.
private let schema = """
    CREATE TABLE wish (parent int, child int);
    CREATE TABLE parent (id int PRIMARY KEY);
    CREATE TABLE child (id int PRIMARY KEY, parent int NOT NULL REFERENCES parent);
    INSERT INTO wish SELECT g, g * 10 FROM generate_series(1, 20) AS g
    """

private let parents = repairable(
    "parents",
    "SELECT parent AS id FROM wish EXCEPT SELECT id FROM parent",
    key: ["id"],
    fix: "INSERT INTO parent SELECT id FROM violations",
    repairs: "parent"
)

private let children = repairable(
    "children",
    "SELECT child AS id, parent FROM wish EXCEPT SELECT id, parent FROM child",
    key: ["id"],
    fix: "INSERT INTO child SELECT id, parent FROM violations",
    repairs: "child"
)

@Suite(.timeLimit(.minutes(20)))
struct UndoReferenceTests {
    private static let checks = [parents, children]

    @Test func theLastRepairedGoesFirst() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await contents(at: conninfo)
            let fixed = try await fix(Self.checks, at: conninfo)
            #expect(fixed.totals.repaired == 40)
            let undone = try await undo("\(fixed.id)", Self.checks, at: conninfo)
            #expect(undone.run.totals.repaired == -40)
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test func aRowThatOthersReferToStaysAndTheRestGoes() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix(Self.checks, at: conninfo)
            try await TestDatabase.load(["INSERT INTO child VALUES (1000, 7), (1001, 13)"], into: conninfo)
            let undone = try await undo("\(fixed.id)", Self.checks, at: conninfo)
            #expect(undone.run.checks.map(\.repaired) == [-18, -20])
            #expect(undone.left["parents"]?.split(separator: "\n").count == 3)
            #expect(undone.left["parents"]?.contains("refused by the database: update or delete on table") == true)
            #expect(try await value("SELECT string_agg(id::text, ',' ORDER BY id) FROM parent", at: conninfo) == "7,13")
        }
    }

    /// A cascade would take rows along that nobody repaired.
    @Test func aRowWhoseRemovalWouldCascadeStays() async throws {
        let cascade = schema.replacing("REFERENCES parent", with: "REFERENCES parent ON DELETE CASCADE")
        try await withDatabase(loading: [cascade]) { conninfo in
            let fixed = try await fix([parents], at: conninfo)
            try await TestDatabase.load(["INSERT INTO child VALUES (1000, 7)"], into: conninfo)
            let undone = try await undo("\(fixed.id)", Self.checks, at: conninfo)
            #expect(undone.run.checks[0].repaired == -19)
            #expect(undone.left["parents"]?.contains("it would also change public.child") == true, "\(undone.left)")
            #expect(try await value("SELECT count(*) FROM child", at: conninfo) == "1")
        }
    }

    @Test func aRowThatIsBeingChangedIsNotLost() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix(Self.checks, at: conninfo)
            let other = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "tests"),
                logger: .init(label: "tests")
            )
            try await other.withConnection { connection in
                try connection.execute("BEGIN; UPDATE child SET parent = 1 WHERE id = 50")
            }
            async let undone = undo("\(fixed.id)", Self.checks, at: conninfo, settings: { $0.lockTimeout = "10min" })
            let waiting =
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            while try await value(waiting, at: conninfo) == "0" { try await Task.sleep(for: .milliseconds(5)) }
            try await other.withConnection { try $0.execute("COMMIT") }
            // The transaction is tried again, and then sees the change. The other row's parent has to stay, too.
            let result = try await undone
            #expect(result.run.checks.map(\.repaired) == [-19, -19])
            #expect(result.left["children"]?.contains("changed since: parent") == true)
            #expect(try await value("SELECT concat(child) FROM child", at: conninfo) == "(50,1)")
            await other.close()
        }
    }

    @Test func twoRunsThatWriteKeepApart() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fixed = try await fix(Self.checks, at: conninfo)
            let other = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "assay/another"),
                logger: .init(label: "tests")
            )
            try await other.withConnection { _ = try $0.query("SELECT pg_advisory_lock($1)", ["418548769145"]) }
            let error = await #expect(throws: AuditError.self) {
                _ = try await undo("\(fixed.id)", Self.checks, at: conninfo)
            }
            guard case .locked(let holder) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(holder.contains("assay/another"))
            await other.close()
        }
    }
}
