import TestSupport
import Testing

/// What a role may do decides what is measured, and an audit never changes a thing.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PrivilegeTests {
    private static let tables = "registered_users, main_clients_database, broadcast_manager"

    @Test func `a role that may only read three tables audits them`() async throws {
        try await TestDatabase.with(
            loading: Broadcast.statements("sample") + [
                "CREATE ROLE assay_reader LOGIN", "GRANT SELECT ON \(Self.tables) TO assay_reader",
            ]
        ) { conninfo in
            try await TemporaryFolder.with { folder in
                let reader = "\(conninfo) user=assay_reader"
                let result = try await assay(["audit", "--database", reader] + Broadcast.suite, in: folder)
                #expect(result.status == 1 && result.stderr == "")
                let record = try folder.record()
                #expect(record.database.user == "assay_reader")
                #expect(record.coverage.notMeasured.isEmpty)
                #expect(try record.totals.before == Broadcast.planted.values.reduce(0, +))
                let lint = try await assay(["lint", "--database", reader] + Broadcast.suite, in: folder)
                #expect(lint.status == 0)
                #expect(lint.stdout.contains("permission denied for table broadcast_manager (SQLSTATE 42501)"))
                #expect(lint.stdout.contains("an audit does not need it"))
            }
        }
    }

    @Test func `a table that may not be read is told, and the rest is measured`() async throws {
        try await TestDatabase.with(
            loading: Broadcast.statements("sample") + [
                "CREATE ROLE assay_half LOGIN",
                "GRANT SELECT ON registered_users, main_clients_database TO assay_half",
            ]
        ) { conninfo in
            try await TemporaryFolder.with { folder in
                let half = "\(conninfo) user=assay_half"
                let result = try await assay(["audit", "--database", half] + Broadcast.suite, in: folder)
                #expect(result.status == 2)
                let record = try folder.record()
                #expect(record.check("duplicate-channel-pair")?.before == 3)
                let refused = try #require(record.check("channel-without-broadcast"))
                #expect(refused.status == "error" && refused.before == nil)
                #expect(refused.error?.contains("permission denied for table broadcast_manager") == true)
                #expect(refused.error?.contains("assay sql roles") == true)
                #expect(result.stdout.contains("could not be measured"))
                #expect(!folder.exists("output/runs/\(record.id)/findings/channel-without-broadcast.csv"))
                let lint = try await assay(["lint", "--database", half] + Broadcast.suite, in: folder)
                #expect(lint.status == 65)
                #expect(lint.stdout.contains("channel-without-broadcast.md:39:1: permission denied for table"))
            }
        }
    }

    @Test func `rows that a policy hides are never taken for clear`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE secrets (owner text); INSERT INTO secrets VALUES ('ann')",
            "ALTER TABLE secrets ENABLE ROW LEVEL SECURITY",
            "CREATE ROLE assay_policy LOGIN; GRANT SELECT ON secrets TO assay_policy",
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["secrets": check("secrets", "SELECT owner FROM secrets")])
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", "\(conninfo) user=assay_policy"],
                    in: folder
                )
                #expect(result.status == 2)
                let reason = try folder.record().check("secrets")?.error ?? ""
                #expect(reason.contains("row-level security") && reason.contains("BYPASSRLS"))
            }
        }
    }

    @Test func `a query that writes is refused by the server, told, and changes nothing`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE notes (n int); CREATE SEQUENCE numbers",
            "CREATE FUNCTION note() RETURNS int LANGUAGE sql AS 'INSERT INTO notes VALUES (1) RETURNING n'",
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "inserts": check("inserts", "SELECT note()"),
                    "counts": check("counts", "SELECT nextval('numbers')"),
                    "escapes": check("escapes", "SELECT set_config('transaction_read_only', 'off', true), note()"),
                    "holds": check("holds", "SELECT n FROM notes"),
                ])
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                #expect(result.status == 2)
                #expect(result.stdout.contains("1 of 4 checks is clear, 3 could not be measured"))
                let record = try folder.record()
                #expect(record.check("inserts")?.error?.contains("cannot execute INSERT in a read-only") == true)
                #expect(record.check("counts")?.error?.contains("cannot execute nextval()") == true)
                #expect(record.check("escapes")?.error?.contains("read-only transaction") == true)
                #expect(record.check("holds")?.status == "clear")
                #expect(Set(record.coverage.notMeasured.map(\.id)) == ["inserts", "counts", "escapes"])
                let left = "SELECT count(*), (SELECT is_called FROM numbers) FROM notes"
                #expect(try await psql(left, at: conninfo) == "0|f")
            }
        }
    }
}
