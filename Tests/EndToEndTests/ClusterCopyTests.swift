import EmbeddedPostgres
import TestSupport
import Testing

/// A run writes only where earlier runs found the database, and not to a copy of it.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct ClusterCopyTests {
    private static let schema = "CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad')"

    private func fix(_ name: String, at conninfo: String, in folder: TemporaryFolder, _ more: [String] = [])
        async throws
        -> Program.Result
    {
        let arguments = ["audit", "--fix", "--expect", name, "--suite", "suite", "--no-site", "--database", conninfo]
        return try await assay(arguments + more, in: folder)
    }

    /// Changes the record of the latest run.
    private func edit(_ folder: TemporaryFolder, _ change: (String) -> String) throws {
        let path = "output/runs/\(try #require(folder.runs().last))/run.json"
        try folder.write(change(folder.read(path)), to: path)
    }

    @Test func `B2: an address, an older state and a journal that lacks the last run tell a copy`() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let name = try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": fixing("a")])
                let first = try await fix(name, at: conninfo, in: folder)
                #expect(first.status == 0, "\(first.stderr)")
                let record = try folder.record()
                #expect(record.database.timeline == 1)
                let address = try #require(record.database.address)
                let again = try await fix(name, at: conninfo, in: folder)
                #expect(again.status == 0, "\(again.stderr)")

                let run = folder.runs()[0]
                let path = "output/runs/\(run)/run.json"
                let whole = try folder.read(path)
                for (found, written, words) in [
                    (/"address" : "[^"]*"/, #""address" : "/elsewhere:5432""#, "is at \(address)"),
                    (/"lsn" : "[^"]*"/, #""lsn" : "FFFF/0""#, "this is an older state"),
                    (/"timeline" : 1/, #""timeline" : 2"#, "is on timeline 1"),
                    (/"system_identifier" : "[^"]*"/, #""system_identifier" : "1""#, "is on another cluster"),
                ] {
                    // All records, so that none of the others tells the truth.
                    let others = Array(folder.runs().dropFirst())
                    let kept = try others.map { try folder.read("output/runs/\($0)/run.json") }
                    try folder.write(whole.replacing(found, with: written), to: path)
                    for (other, text) in zip(others, kept) {
                        try folder.write(text.replacing(found, with: written), to: "output/runs/\(other)/run.json")
                    }
                    let refused = try await fix(name, at: conninfo, in: folder)
                    #expect(refused.status == 77 && refused.stderr.contains(words), "\(refused.stderr)")
                    try folder.write(whole, to: path)
                    for (other, text) in zip(others, kept) {
                        try folder.write(text, to: "output/runs/\(other)/run.json")
                    }
                }

                try await psql("DROP SCHEMA assay CASCADE", at: conninfo)
                let lost = try await fix(name, at: conninfo, in: folder)
                #expect(lost.status == 77 && lost.stderr.contains("does not hold the run \(run)"), "\(lost.stderr)")
                let cluster = try await psql("SELECT system_identifier FROM pg_control_system()", at: conninfo)
                let named = try await fix(name, at: conninfo, in: folder, ["--expect-cluster", cluster])
                #expect(named.status == 0, "\(named.stderr)")
            }
        }
    }

    @Test func `B2: a newest record without the cluster does not switch the comparison off`() async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let name = try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": fixing("a")])
                for cluster in [#""1""#, "null"] {
                    let common = ["--suite", "suite", "--no-site", "--database", conninfo]
                    _ = try await assay(["audit"] + common, in: folder)
                    try edit(folder) {
                        $0.replacing(/"system_identifier" : "[^"]*"/, with: #""system_identifier" : \#(cluster)"#)
                    }
                }
                let refused = try await fix(name, at: conninfo, in: folder)
                #expect(refused.status == 77 && refused.stderr.contains("another cluster"), "\(refused.stderr)")
            }
        }
    }

    @Test func `B2: a promoted copy is refused, until it is named`() async throws {
        let settings = ["wal_level": "replica", "max_wal_senders": "4", "hot_standby": "on"]
        try await EmbeddedCluster.with(ClusterOptions(settings: settings)) { primary in
            try await TestDatabase.load([Self.schema], into: primary.conninfo())
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": fixing("a")])
                let first = try await fix("postgres", at: primary.conninfo(), in: folder)
                #expect(first.status == 0, "\(first.stderr)")
                try await EmbeddedCluster.with(ClusterOptions(settings: settings, primary: primary)) { copy in
                    try await psql("SELECT pg_promote()", at: copy.conninfo())
                    let refused = try await fix("postgres", at: copy.conninfo(), in: folder)
                    #expect(refused.status == 77 && refused.stderr.contains("is on timeline 2"), "\(refused.stderr)")
                    let cluster = try await psql(
                        "SELECT system_identifier FROM pg_control_system()",
                        at: copy.conninfo()
                    )
                    let named = try await fix(
                        "postgres",
                        at: copy.conninfo(),
                        in: folder,
                        ["--expect-cluster", cluster]
                    )
                    #expect(named.status == 0, "\(named.stderr)")
                }
            }
        }
    }
}
