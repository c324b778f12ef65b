import TestSupport
import Testing

/// What an operator reads who knows the manual and nothing else.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct OperatorWordsTests {
    private static let rows =
        "CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad')"
    private static let caveat =
        "Each fix was tried by itself: what one does to another check’s rows is not in these figures."

    private func withSuite(
        _ checks: [String: String],
        _ body: ([String], String, TemporaryFolder) async throws -> Void
    ) async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(checks, title: "T")
                let name = try await psql("SELECT current_database()", at: conninfo)
                try await body(["--suite", "suite", "--database", conninfo], name, folder)
            }
        }
    }

    @Test("Two fixes of the same rows: a dry run says that each was tried by itself")
    func rehearsal() async throws {
        try await withSuite(["a": fixing("a"), "b": fixing("b")]) { common, name, folder in
            let run = try await assay(["audit", "--fix", "--dry-run", "--expect", name] + common, in: folder)
            #expect(run.stdout.contains("T: 4 rows would be repaired;"), "\(run.stdout)")
            #expect(run.stdout.contains("\n\(Self.caveat)\n"), "\(run.stdout)")
            let record = "output/runs/\(try #require(folder.runs().last))"
            #expect(try folder.read("\(record)/index.html").contains(Self.caveat))
            #expect(try folder.read("\(record)/index.md").contains(Self.caveat))
        }
    }

    @Test("A fix that was rolled back is called so, and its check still fails")
    func rolledBack() async throws {
        let wrong = fixing("b").replacing("SET state = 'good'", with: "SET state = 'bad'")
        try await withSuite(["a": check("a", "SELECT 1 AS x"), "b": wrong]) { common, name, folder in
            let run = try await assay(["audit", "--fix", "--expect", name] + common, in: folder)
            #expect(run.status == 2, "\(run.stdout)\(run.stderr)")
            #expect(
                run.stdout.hasPrefix(
                    "T: Nothing was repaired: both checks still fail; the fix of 1 was rolled back\n"
                ),
                "\(run.stdout)"
            )
            #expect(run.stdout.contains("✕ rolled back"), "\(run.stdout)")
        }
    }

    @Test("The place that names the database, and the name that is expected, is the one that was used")
    func places() async throws {
        try await withSuite(["a": check("a", "SELECT 1 AS x")]) { common, _, folder in
            let flag = try await assay(["audit", "--expect", "other"] + common, in: folder)
            #expect(flag.status == 77 && flag.stderr.contains("or change --expect."), "\(flag.stderr)")
            let variable = try await assay(["audit"] + common, environment: ["ASSAY_EXPECT": "other"], in: folder)
            #expect(variable.stderr.contains("or change ASSAY_EXPECT."), "\(variable.stderr)")
            try folder.write("expect: { database: other }\n", to: "assay.yml")
            let file = try await assay(["audit"] + common, in: folder)
            #expect(file.stderr.contains("or change `expect` in assay.yml."), "\(file.stderr)")
            let wrong = try await assay(
                ["audit", "--suite", "suite", "--database", "host=/nonexistent port=abc dbname=shop"],
                in: folder
            )
            #expect(wrong.stderr.contains("Check what --database says"), "\(wrong.stderr)")
        }
    }

    @Test("`history` says when it cannot know a run's output folder")
    func elsewhere() async throws {
        try await withSuite(["a": fixing("a")]) { common, name, folder in
            let fixed = try await assay(["audit", "--fix", "--expect", name, "--output", "there"] + common, in: folder)
            #expect(fixed.status == 0, "\(fixed.stderr)")
            let elsewhere = try await assay(["history"] + common, in: folder)
            #expect(elsewhere.stdout.contains("add --output FOLDER"), "\(elsewhere.stdout)")
            let here = try await assay(["history"] + common, environment: ["ASSAY_OUTPUT": "there"], in: folder)
            #expect(here.stdout.contains("2 rows repaired: can be taken back with `assay undo"), "\(here.stdout)")
            #expect(!here.stdout.contains("add --output FOLDER"), "\(here.stdout)")
        }
    }

    @Test("An id that no check has is told by `checklist`")
    func unknownBox() async throws {
        try await withSuite(["a": fixing("a")]) { common, _, folder in
            _ = try await assay(["audit"] + common, in: folder)
            try folder.write("- [ ] Gone <!-- assay:check order-without-totl -->\n", to: "LIST.md")
            let list = try await assay(["checklist", "LIST.md"], in: folder)
            #expect(
                list.stdout.contains("(order-without-totl, no check has the id 'order-without-totl')"),
                "\(list.stdout)"
            )
        }
    }
}
