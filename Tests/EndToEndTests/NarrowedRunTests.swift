import TestSupport
import Testing

/// A run that looks at a part says so everywhere, and is never taken for the whole.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct NarrowedRunTests {
    private static let rows =
        "CREATE TABLE t (id int PRIMARY KEY, owner text); INSERT INTO t VALUES (1, 'ann'), (2, 'bob')"

    private static func suite(_ folder: TemporaryFolder) throws {
        try folder.suite([
            "bad": check("bad", "SELECT id, owner FROM t WHERE owner = 'bob'", user: "owner"),
            "good": check("good", "SELECT id, owner FROM t WHERE false", user: "owner")
                .replacing("---\n\n#", with: "tags: [quick]\n---\n\n#"),
        ])
    }

    @Test(
        "A2: a narrowed run is never the latest, and says what it was narrowed to",
        arguments: [
            (
                ["--check", "good"], #"{"checks":["good"],"tags":[],"user":null}"#,
                "The one check that was run is clear\n"
            ),
            (
                ["--tag", "quick"], #"{"checks":[],"tags":["quick"],"user":null}"#,
                "The one check that was run is clear\n"
            ),
            (
                ["--user", "ann"], #"{"checks":[],"tags":[],"user":"ann"}"#,
                "Both checks that were run are clear for one user\n"
            ),
        ]
    )
    func narrowed(flags: [String], record: String, headline: String) async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.suite(folder)
                let common = ["--suite", "suite", "--database", conninfo]
                let first = try await assay(["audit"] + flags + common, in: folder)
                #expect(first.status == 0 && first.stdout.contains(headline), "\(first.stdout)\(first.stderr)")
                #expect(!folder.exists("output/index.html") && !folder.exists("output/index.md"))

                let whole = try await assay(["audit"] + common, in: folder)
                #expect(whole.status == 1 && whole.stdout.contains("1 of 2 checks fails"))
                let latest = try folder.read("output/index.html")
                let again = try await assay(["audit"] + flags + common, in: folder)
                #expect(again.status == 0 && again.stdout.contains(headline))
                #expect(try folder.read("output/index.html") == latest)

                let run = try #require(folder.runs().last)
                let page = try folder.read("output/runs/\(run)/index.html")
                #expect(page.contains("<b>Narrowed</b> to <code><bdi>\(flags[0]) \(flags[1])</bdi></code>"))
                let json = try folder.read("output/runs/\(run)/run.json").filter { !$0.isWhitespace }
                #expect(json.contains("\"selection\":\(record)"), "\(json.suffix(2000))")
            }
        }
    }

    @Test("A2: a narrowed run ticks no box")
    func checklist() async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.suite(folder)
                let list = "- [ ] Bad <!-- assay:check bad -->\n- [ ] Good <!-- assay:check good -->\n"
                try folder.write(list, to: "LIST.md")
                try folder.write("documents: { checklists: [LIST.md] }\n", to: "assay.yml")
                let common = ["--suite", "suite", "--database", conninfo]
                for flags in [["--user", "ann"], ["--check", "bad", "--user", "ann"]] {
                    _ = try await assay(["audit"] + flags + common, in: folder)
                    #expect(try folder.read("LIST.md") == list)
                    let told = try await assay(["checklist", "LIST.md", "--suite", "suite"], in: folder)
                    #expect(told.status == 0 && !told.stdout.contains("would be ticked"), "\(told.stdout)")
                }
            }
        }
    }

    @Test("A2: who attaches a narrowed run is told of what it proves nothing", arguments: [true, false])
    func evidence(asksForStatus: Bool) async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.suite(folder)
                let common = ["--suite", "suite", "--database", conninfo]
                let arguments =
                    ["--bug", "BUG-1", "--document", "BUGS.md"] + (asksForStatus ? ["--status", "resolved"] : [])
                let told = ", and proves nothing of the rest."
                for flags in [["--check", "good", "--user", "ann"], []] {
                    try folder.write("# Bugs\n\n## BUG-1: Late\n\n**Status:** OPEN\n", to: "BUGS.md")
                    _ = try await assay(["audit"] + flags + common, in: folder)
                    let run = try #require(folder.runs().last)
                    let attached = try await assay(["attach", run] + arguments, in: folder)
                    #expect(attached.status == 0, "\(attached.stderr)")
                    let isTold = attached.stderr.contains("was narrowed to --check good, --user ann\(told)")
                    #expect(isTold == !flags.isEmpty, "\(attached.stderr)")
                }
            }
        }
    }
}
