import TestSupport
import Testing

/// The first line of the summary and the exit code say the same, and it is so.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct HeadlineTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var checks: [String: String]
        var says: String
        var status: Int
    }

    private static func limited(_ id: String, _ limit: String) -> String {
        statistic(id, "SELECT 3 AS n").replacing(
            "kind: statistic\n",
            with: "kind: statistic\nlimits: { n: { error: \"\(limit)\" } }\n"
        )
    }

    private static let probe = """
        ---
        id: probe
        kind: probe
        ---

        # Probe

        x

        ```sql act
        SELECT 1
        ```

        ```sql expect
        SELECT true AS works
        ```

        """

    static let cases = [
        Case(
            testDescription: "only statistics without limits",
            checks: ["a": statistic("a", "SELECT 3 AS n"), "b": statistic("b", "SELECT 4 AS n")],
            says: "T: 2 statistics were measured\n",
            status: 0
        ),
        Case(
            testDescription: "one statistic within its limit",
            checks: ["a": limited("a", "> 5")],
            says: "T: The one statistic was measured\n",
            status: 0
        ),
        Case(
            testDescription: "one figure past its limit",
            checks: ["a": limited("a", "> 2"), "b": limited("b", "> 5")],
            says: "T: 2 statistics were measured, and 1 figure is past its limit\n",
            status: 1
        ),
        Case(
            testDescription: "a statistic that fails",
            checks: ["a": statistic("a", "SELECT 1 / 0 AS n")],
            says: "T: Nothing could be measured\n",
            status: 2
        ),
        Case(
            testDescription: "only probes",
            checks: ["probe": probe],
            says: "T: Nothing was measured: the one check was not run\n",
            status: 2
        ),
        Case(
            testDescription: "a probe beside a clear check",
            checks: ["a": check("a", "SELECT 1 AS x WHERE false"), "probe": probe],
            says: "T: The one check that was run is clear, 1 was not run\n",
            status: 2
        ),
        Case(
            testDescription: "info with rows",
            checks: ["a": check("a", "SELECT 1 AS x", severity: "info")],
            says: "T: The one check has rows for information\n",
            status: 0
        ),
    ]

    @Test("A9: the headline of a run", arguments: cases)
    func headline(of suite: Case) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(suite.checks, title: "T")
            let result = try await assay(["audit", "--suite", "suite", "--database", Broadcast.sound], in: folder)
            #expect(result.status == suite.status, "\(result.stdout)\(result.stderr)")
            #expect(result.stdout.hasPrefix(suite.says), "\(result.stdout)")
            #expect(result.stdout.contains(" suite suite, run "))
            #expect(result.stderr == "")
            if suite.checks["probe"] != nil {
                #expect(result.stdout.contains("1  not run: this version cannot run probes\n"))
                #expect(result.stdout.contains("\nExit code 2: 1 probe was not run.\n"))
            }
        }
    }

    @Test("A9: a dry run says what would be, and one row is one row")
    func dryRun() async throws {
        try await withDatabase(loading: ["CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)"]) { conninfo in
            try await TemporaryFolder.with { folder in
                let text = check("a", "SELECT id FROM t").replacing(
                    "kind: integrity\n",
                    with: "kind: integrity\nkey: id\nrepairs: t\nfix_limits: { rows: 10 }\n"
                )
                try folder.suite([
                    "a": text + "```sql fix\nDELETE FROM t USING violations AS v WHERE t.id = v.id\n```\n"
                ])
                let name = try await psql("SELECT current_database()", at: conninfo)
                let result = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--fix", "--dry-run", "--expect", name],
                    in: folder
                )
                #expect(
                    result.stdout.contains("✓ would be clear        0  The a check · 1 would be repaired"),
                    "\(result.stdout)"
                )
                #expect(
                    result.stdout.contains("1 row would be repaired; the one check would be clear\n")
                        && !result.stdout.contains("✓ repaired")
                )
                #expect(!result.stdout.contains("Undo:"))
            }
        }
    }
}
