import TestSupport
import Testing

/// What the numbers of the summary in a terminal count, and how violations ended that nobody repaired.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SummaryTests {
    private static let rows =
        "CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad')"

    @Test("A10: the numbers of a summary have a heading, and what another repair ended is said to be so")
    func headings() async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "also": check("also", "SELECT id FROM t WHERE state = 'bad'"), "bad": fixing("bad"),
                ])
                let name = try await psql("SELECT current_database()", at: conninfo)
                let common = ["--suite", "suite", "--database", conninfo]
                func told(_ arguments: [String]) async throws -> [String] {
                    let result = try await assay(arguments + common, in: folder)
                    return result.stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                }
                let audit = try await told(["audit"])
                #expect(audit.dropFirst(3).first == "           violations", "\(audit)")
                #expect(audit.contains("  ✕ failing         2  The also check"), "\(audit)")

                let expected = ["--expect", name]
                let rehearsal = try await told(["audit", "--fix", "--dry-run"] + expected)
                #expect(rehearsal.dropFirst(3).first == "              would be left", "\(rehearsal)")

                let fix = try await told(["audit", "--fix"] + expected)
                #expect(fix.dropFirst(3).first == "                 left", "\(fix)")
                #expect(fix.contains { $0.contains("0  The also check · 2 gone with others’ repairs") }, "\(fix)")

                let run = try #require(folder.runs().last)
                let undo = try await told(["undo", run] + expected)
                #expect(undo.contains("                  now"), "\(undo)")
                #expect(undo.contains { $0.contains("2  The also check · 2 back with them") }, "\(undo)")
            }
        }
    }

    @Test("F14: for how many users a figure is past its limit")
    func usersPast() async throws {
        let rows =
            "CREATE TABLE u (id int PRIMARY KEY, owner text, ok boolean);"
            + "INSERT INTO u VALUES (1, 'ann', false), (2, 'bob', true), (3, 'bob', false), (4, 'cam', true)"
        try await withDatabase(loading: [rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                let sql = "SELECT owner, avg(ok::int)::float8 AS rate FROM u WHERE owner = ANY(:users) GROUP BY owner"
                let keys = "kind: statistic\nuser: owner\nlimits: { rate: { error: \"< 0.5\" } }\n"
                try folder.suite([
                    "bad": check("bad", "SELECT id, owner FROM u WHERE NOT ok", user: "owner"),
                    "rate": statistic("rate", sql).replacing("kind: statistic\n", with: keys),
                ])
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                #expect(
                    result.status == 1 && result.stdout.contains("past its limit: rate of 1 of 2 users"),
                    "\(result.stdout)"
                )
                let page = try folder.read("output/index.html")
                #expect(page.contains("1 of 2 users is past, the worst is the user ann with"), "\(page)")
            }
        }
    }
}
