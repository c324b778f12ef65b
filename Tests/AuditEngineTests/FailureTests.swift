import AuditEngine
import AuditModel
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

/// One check fails, the others go on, and nothing is called clear that was not measured.
struct FailureTests {
    private static let healthy = check("healthy", "SELECT 1 AS n")

    /// Audits a check beside a healthy one, and returns why it was not measured.
    private func failure(
        of checks: [Check],
        at conninfo: String,
        settings: (inout AuditSettings) -> Void = { _ in }
    ) async throws -> String {
        let audited = try await audit(checks + [Self.healthy], at: conninfo, settings: settings)
        let failed = try #require(audited.run.checks.first)
        #expect(failed.status == .error)
        #expect(failed.before == nil && failed.after == nil && failed.usersBefore == nil)
        #expect(audited.findings.keys.sorted() == ["healthy"])
        #expect(audited.check("healthy")?.before == 1)
        #expect(audited.run.outcome == .incomplete)
        #expect(audited.run.users.affectedBefore == 0)
        #expect(audited.run.coverage.notMeasured.map(\.id) == [failed.id])
        return try #require(failed.error)
    }

    @Test(arguments: [
        ("SELECT\n  missing FROM pg_class", "bad.md:11:3: column \"missing\" does not exist (SQLSTATE 42703)"),
        ("SELECT * FROM nowhere", "bad.md:10:15: relation \"nowhere\" does not exist (SQLSTATE 42P01)"),
        (
            "SELECT g, 1 / (g - 3) AS x FROM generate_series(1, 5) AS g", "division by zero (SQLSTATE 22012)"
        ),
        ("SELECT nextval('numbers')", "cannot execute nextval() in a read-only transaction (SQLSTATE 25006)"),
        ("SELECT writes()", "cannot execute INSERT in a read-only transaction"),
    ])
    func theServersWordsAreReportedWithTheirPlace(find: String, expected: String) async throws {
        let schema = """
            CREATE SEQUENCE numbers; CREATE TABLE kept (id int);
            CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO kept VALUES (1) RETURNING id'
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let message = try await failure(of: [check("bad", find)], at: conninfo)
            #expect(message.contains(expected), "\(message)")
            #expect(try await value("SELECT count(*) FROM kept", at: conninfo) == "0")
        }
    }

    @Test func aPlaceBehindParametersIsThatOfTheFile() async throws {
        try await withDatabase { conninfo in
            let bad = check(
                "bad",
                "SELECT :first::int,\n :second::int, missing",
                parameters: ["first": .text("1"), "second": .null]
            )
            let message = try await failure(of: [bad], at: conninfo)
            #expect(message.hasPrefix("bad.md:11:16: column \"missing\""), "\(message)")
        }
    }

    @Test func rowsBeforeAnErrorAreTakenBack() async throws {
        try await withDatabase { conninfo in
            let find = "SELECT g::text AS owner, 1 / (g - 90000) AS x FROM generate_series(1, 100000) AS g"
            let message = try await failure(of: [check("late", find, user: "owner")], at: conninfo)
            #expect(message.contains("division by zero"))
        }
    }

    @Test(.timeLimit(.minutes(20))) func aStatementThatTakesTooLongIsCancelled() async throws {
        try await withDatabase { conninfo in
            let message = try await failure(of: [check("slow", "SELECT pg_sleep(60)")], at: conninfo) {
                $0.statementTimeout = "200ms"
            }
            #expect(message.contains("took longer than 200ms"), "\(message)")
        }
    }

    @Test(.timeLimit(.minutes(20))) func aLockIsNotWaitedForForever() async throws {
        try await withDatabase(loading: ["CREATE TABLE held (id int)"]) { conninfo in
            let holder = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "holder"),
                logger: .init(label: "tests") { _ in CollectedLog() }
            )
            try await holder.withConnection { try $0.execute("BEGIN; LOCK TABLE held") }
            let message = try await failure(of: [check("waiting", "SELECT * FROM held")], at: conninfo) {
                $0.lockTimeout = "200ms"
            }
            await holder.close()
            #expect(message.contains("waited longer than 200ms for a lock"), "\(message)")
        }
    }

    @Test func aMissingPrivilegeIsReported() async throws {
        try await withDatabase(loading: ["CREATE TABLE secret (id int); CREATE ROLE reader_a LOGIN"]) { conninfo in
            let message = try await failure(
                of: [check("closed", "SELECT * FROM secret")],
                at: conninfo + " user=reader_a"
            )
            #expect(message.contains("permission denied for table secret"), "\(message)")
            try await TestDatabase.load(["DROP ROLE reader_a"], into: conninfo)
        }
    }

    @Test func rowsThatAPolicyHidesAreNotCalledClear() async throws {
        let schema = """
            CREATE TABLE tenant (id int); INSERT INTO tenant VALUES (1);
            CREATE ROLE reader_b LOGIN; GRANT SELECT ON tenant TO reader_b;
            ALTER TABLE tenant ENABLE ROW LEVEL SECURITY
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let message = try await failure(
                of: [check("hidden", "SELECT * FROM tenant")],
                at: conninfo + " user=reader_b"
            )
            #expect(message.contains("row-level security policy for table \"tenant\""), "\(message)")
            try await TestDatabase.load(["DROP TABLE tenant; DROP ROLE reader_b"], into: conninfo)
        }
    }

    @Test func aUserColumnThatIsNotReturnedIsNamed() async throws {
        try await withDatabase { conninfo in
            let message = try await failure(of: [check("bad", "SELECT 1 AS a, 2 AS b", user: "owner")], at: conninfo)
            #expect(message == "bad.md:10:1: the query returns no column 'owner', which `user:` names; it returns a, b")
        }
    }

    @Test(.timeLimit(.minutes(20))) func aLostConnectionCostsItsCheckOnly() async throws {
        try await withDatabase { conninfo in
            let suicide = check("lost", "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)")
            let others = (1...6).map { check("other-\($0)", "SELECT pg_sleep(0.05)") }
            let audited = try await audit([suicide] + others, at: conninfo)
            #expect(audited.check("lost")?.error == "the connection to the server was lost")
            #expect(audited.run.checks.dropFirst().allSatisfy { $0.before == 1 })
        }
    }

    @Test(.timeLimit(.minutes(20))) func whenAllConnectionsAreLostTheRunIsUnreachable() async throws {
        try await withDatabase { conninfo in
            let checks = ["a", "b"].map { check($0, "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)") }
            let error = await #expect(throws: AuditError.self) { try await audit(checks, at: conninfo) }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func anUnexpectedDatabaseIsRefusedBeforeAnythingIsRead() async throws {
        try await withDatabase { conninfo in
            let error = await #expect(throws: AuditError.self) {
                try await audit([Self.healthy], at: conninfo) { $0.expectedDatabase = "telepaypsql" }
            }
            #expect(error?.description.contains("'telepaypsql' is expected") == true)
        }
    }

    /// Check files are read before, so that such a statement never comes from one.
    @Test("C11: an error that nobody foresaw is told as a fault of the program's own, and not as a cancellation")
    func anUnknownErrorIsToldAsOne() async throws {
        try await withDatabase(loading: ["CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)"]) { conninfo in
            let check = repairable("bad", "SELECT id FROM t", key: ["id"], fix: "NOT SQL", repairs: "t")
            let error = await #expect(throws: AuditError.self) { try await fix([check], at: conninfo) }
            #expect(error?.description.contains("a fault of assay's own: ") == true, "\(String(describing: error))")
        }
    }

    @Test func anUnreachableServerIsNamed() async throws {
        let error = await #expect(throws: AuditError.self) {
            try await audit([Self.healthy], at: "host=/nowhere port=1 dbname=shop password=hush")
        }
        let text = try #require(error?.description)
        #expect(text.contains("/nowhere") && text.contains("shop") && !text.contains("hush"), "\(text)")
    }

    @Test("C11: what nobody has foreseen is a fault of the program's own, and no cancellation")
    func anUnknownErrorIsTold() async throws {
        try await withDatabase { conninfo in
            // A suite's loader refuses it, so that the engine never meets it.
            let unread = check("unread", "SELECT 1 WHERE 1 = $1")
            let errors = await [
                #expect(throws: AuditError.self) { try await audit([unread], at: conninfo) },
                #expect(throws: AuditError.self) {
                    let suite = Suite(id: "t", title: "T", path: "t", digest: "", checks: [unread])
                    let logger = Logger(label: "tests") { _ in CollectedLog() }
                    _ = try await ServerLint(suite: suite, settings: AuditSettings(conninfo: conninfo), logger: logger)
                        .run()
                },
            ]
            for error in errors {
                #expect(
                    error?.description.hasPrefix("a fault of assay's own: ") == true,
                    "\(String(describing: error))"
                )
            }
        }
    }

    @Test(.timeLimit(.minutes(20))) func cancellingEndsTheStatementsOnTheServer() async throws {
        try await withDatabase { conninfo in
            let checks = ["a", "b"].map { check($0, "SELECT pg_sleep(600)") }
            let run = Task { try await audit(checks, at: conninfo) }
            let asleep =
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()"
                + " AND datname = current_database()"
            while try await value(asleep, at: conninfo) != "2" { try await Task.sleep(for: .milliseconds(20)) }
            run.cancel()
            let error = await #expect(throws: AuditError.self) { try await run.value }
            guard case .cancelled = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            while try await value(asleep, at: conninfo) != "0" { try await Task.sleep(for: .milliseconds(20)) }
        }
    }
}
