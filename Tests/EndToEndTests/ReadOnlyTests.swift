import EmbeddedPostgres
import TestSupport
import Testing

/// That an audit cannot write is tried, and not taken for granted.
@Suite(.timeLimit(.minutes(20)))
struct ReadOnlyTests {
    @Test func `B3: each read-only transaction tries a write that the server must refuse`() async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                let sees = "SELECT current_setting('transaction_read_only') AS mode"
                try folder.suite(["a": check("a", sees)])
                let audited = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo],
                    in: folder
                )
                #expect(audited.status == 1)
                #expect(try folder.rows("findings/a.csv") == [["mode": "on"]])
                for page in ["output/index.html", "output/index.md"] {
                    #expect(try folder.read(page).contains("began with a trial write, which the server refused"))
                }
                let tried = try await TestCluster.shared.log
                #expect(tried.contains("a trial, to be refused"))
            }
        }
    }
}
