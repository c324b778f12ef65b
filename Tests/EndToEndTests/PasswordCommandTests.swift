import EmbeddedPostgres
import TestSupport
import Testing

/// A printed command leads to a database that asks for a password, without holding it.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PasswordCommandTests {
    @Test("A7: a password that a variable gives stays in the variable, and the printed undo uses it")
    func variable() async throws {
        let options = ClusterOptions(accessRules: ["local all ann scram-sha-256"])
        try await EmbeddedCluster.with(options) { cluster in
            let sql = """
                CREATE ROLE ann LOGIN SUPERUSER PASSWORD 'right-s3cret';
                CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad')
                """
            try await TestDatabase.load([sql], into: cluster.conninfo())
            try await TemporaryFolder.with { folder in
                try folder.suite(["bad": fixing("bad")])
                let address = "postgresql://ann:right-s3cret@/postgres?host=\(cluster.socketDirectory)"
                let environment = ["DATABASE_URL": address]
                let fixed = try await assay(
                    ["audit", "--fix", "--suite", "suite", "--expect", "postgres"],
                    environment: environment,
                    in: folder
                )
                #expect(fixed.status == 0 && !fixed.stdout.contains("s3cret"), "\(fixed.stderr)")
                let line = try #require(fixed.stdout.firstMatch(of: /Undo:   assay (.*)\n/)).1
                #expect(!line.contains("--database"))
                let undone = try await Program.run(
                    ["-c", "\(Program.assay) \(line)"],
                    executable: "bash",
                    environment: environment,
                    in: "/"
                )
                #expect(undone.status == 0 && undone.stdout.contains("1 row taken back"), "\(undone.stderr)")
            }
        }
    }
}
