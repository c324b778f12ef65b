import TestSupport
import Testing

/// Several audits of one database, into one folder.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SideBySideTests {
    @Test func `two runs at once are both published, and the page is the newer one's`() async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(
                    ["waits": check("waits", "SELECT 1 AS x FROM pg_advisory_xact_lock_shared(7)")],
                    to: "slow"
                )
                try folder.suite(["goes": check("goes", "SELECT 1 AS x")], to: "fast")
                func audit(_ suite: String, while body: (Program) async throws -> Void = { _ in }) async throws {
                    let result = try await assay(
                        [
                            "audit", "--suite", suite, "--database", conninfo, "--lock-timeout", "1h",
                            "--statement-timeout", "1h",
                        ],
                        in: folder,
                        while: body
                    )
                    #expect(result.status == 1)
                }
                // Of this test's lock only: other tests hold advisory locks of their own.
                let lock = "FROM pg_locks WHERE locktype = 'advisory' AND objid = 7"
                let waiting = "SELECT count(*) \(lock) AND NOT granted"
                let release = "SELECT pg_terminate_backend(pid) \(lock) AND granted"
                try await holding("SELECT pg_advisory_xact_lock(7)", at: conninfo) {
                    try await audit("slow") { _ in
                        try await eventually { try await psql(waiting, at: conninfo) == "1" }
                        try await audit("fast")
                        #expect(folder.runs().count == 1)
                        try await psql(release, at: conninfo)
                    }
                }
                let runs = folder.runs()
                #expect(runs.count == 2)
                let names = try runs.map { try RunRecord(json: folder.read("output/runs/\($0)/run.json")).suite.name }
                #expect(Set(names) == ["slow", "fast"])
                for page in ["index.html", "index.md"] {
                    let text = try folder.read("output/\(page)")
                    #expect(text.contains(runs[1]) && !text.contains(runs[0]), "\(page)")
                }
                let left = folder.files().filter { $0.contains(".partial") || $0.hasSuffix(".new") }
                #expect(left.isEmpty)
            }
        }
    }

    @Test func `runs that start together all come out whole`() async throws {
        try await TemporaryFolder.with { folder in
            let sample = try await Broadcast.sample
            try await withThrowingTaskGroup(of: Program.Result.self) { group in
                for _ in 1...4 {
                    group.addTask { try await assay(["audit", "--database", sample] + Broadcast.suite, in: folder) }
                }
                for try await result in group { #expect(result.status == 1 && result.stderr == "") }
            }
            let runs = folder.runs()
            #expect(runs.count == 4)
            for run in runs {
                let record = try RunRecord(json: folder.read("output/runs/\(run)/run.json"))
                #expect(try record.totals.before == Broadcast.planted.values.reduce(0, +))
            }
            #expect(try folder.read("output/index.html").contains(runs[3]))
        }
    }
}
