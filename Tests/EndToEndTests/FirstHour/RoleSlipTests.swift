import TestSupport
import Testing

/// Roles that may not do what they are asked to.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct RoleSlipTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'); CREATE TABLE secret (id int);
        DO $$ BEGIN CREATE ROLE first_hour LOGIN; EXCEPTION WHEN duplicate_object THEN END $$;
        """

    private func repairing(_ conninfo: String, status: Int, _ says: String..., hides: [String] = []) async throws {
        var slip = Slip(testDescription: "", files: ["suite/a.md": fixing("a")], status: status, says: says)
        let name = try await psql("SELECT current_database()", at: conninfo)
        slip.arguments = ["audit", "--suite", "suite", "--fix", "--expect", name, "--no-site", "--no-documents"]
        slip.hides = hides
        try await slip.verify(database: "\(conninfo) user=first_hour")
    }

    @Test("D: a role that may not write is named, with what it lacks")
    func writing() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            try await repairing(conninfo, status: 2, "permission denied for table t", "`assay sql roles`")
            try await psql("GRANT SELECT ON t TO first_hour", at: conninfo)
            let unfinished = "history will call this run not finished"
            try await repairing(
                conninfo,
                status: 77,
                "the journal (schema assay) cannot be created",
                "`assay sql journal`",
                hides: [unfinished]
            )
            let journal = try await Program.run(["sql", "journal"])
            try await TestDatabase.load([journal.stdout], into: conninfo)
            try await repairing(
                conninfo,
                status: 77,
                "the role first_hour may not write the journal",
                "USAGE on the schema assay",
                hides: [unfinished]
            )
            try await psql(
                "GRANT USAGE ON SCHEMA assay TO first_hour; GRANT SELECT ON ALL TABLES IN SCHEMA assay TO first_hour",
                at: conninfo
            )
            try await repairing(
                conninfo,
                status: 77,
                "INSERT on assay.runs",
                "Nothing was changed",
                hides: [unfinished]
            )
            try await psql("GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA assay TO first_hour", at: conninfo)
            try await repairing(
                conninfo,
                status: 2,
                "the fix was rolled back: permission denied for table t",
                "Grant it to the role"
            )
        }
    }

    @Test("D: a role that may not read is named by lint")
    func reading() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let slip = Slip.query(
                "secret",
                "SELECT id FROM secret",
                says: "permission denied for table secret",
                "Grant it to the role first_hour"
            )
            try await slip.verify(database: "\(conninfo) user=first_hour")
        }
    }

    @Test("D: the grants of a reader alone do in a database without a journal")
    func grants() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": check("a", "SELECT id FROM t WHERE state = 'none'")])
                let grants = try await assay(
                    ["sql", "roles", "--suite", "suite", "--reader", "first_hour"],
                    in: folder
                )
                #expect(grants.status == 0)
                try await TestDatabase.load([grants.stdout], into: conninfo)
                let reader = "\(conninfo) user=first_hour"
                let audited = try await assay(
                    ["audit", "--suite", "suite", "--no-site", "--database", reader],
                    in: folder
                )
                #expect(audited.status == 0, "\(audited.stdout)\(audited.stderr)")
            }
        }
    }
}
