import TestSupport
import Testing

/// Several suites may keep their runs in one output folder.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SharedOutputTests {
    private static let list = """
        - [ ] Ones <!-- assay:check one -->
        - [ ] Twos <!-- assay:check two -->

        """

    @Test("C9: a checklist is told of the runs of its own suite")
    func checklist() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["one": check("one", "SELECT 1 AS x WHERE false")], to: "a")
            try folder.suite(["two": check("two", "SELECT 1 AS x WHERE false")], to: "b")
            try folder.write(Self.list, to: "LIST.md")
            let database = ["--database", try await Broadcast.sound]
            for suite in ["a", "b"] { _ = try await assay(["audit", "--suite", suite] + database, in: folder) }
            let unclear = try await assay(["checklist", "LIST.md"], in: folder)
            #expect(unclear.status == 64 && unclear.stdout == "")
            #expect(unclear.stderr.contains("are of several suites (a, b); name the checklist's with --suite FOLDER"))
            let first = try await assay(["checklist", "LIST.md", "--suite", "a"], in: folder)
            #expect(first.status == 0 && first.stdout.contains("Ones (one, would be ticked)"), "\(first.stderr)")
            #expect(
                first.stdout.contains("Twos (two, no check has the id 'two')")
                    && first.stdout.contains("of the suite a.")
            )
            let second = try await assay(["checklist", "LIST.md"], environment: ["ASSAY_SUITE": "b"], in: folder)
            #expect(second.stdout.contains("Twos (two, would be ticked)"))
        }
    }

    @Test("C9: a run without pages is linked from no document, whoever tells of it")
    func links() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["one": check("one", "SELECT 1 AS x")], to: "suite")
            let database = ["--suite", "suite", "--database", try await Broadcast.sound]
            try folder.write("documents: { progress: { path: PROGRESS.md, when: always } }\n", to: "assay.yml")
            // As if it had been killed before its documents, which are then made up for by the next run.
            let early = try await assay(["audit", "--no-site", "--no-documents"] + database, in: folder)
            #expect(early.status == 1)
            try folder.write("", to: "output/runs/\(folder.record().id)/.documents-pending")
            let late = try await assay(["audit"] + database, in: folder)
            #expect(late.status == 1)
            let runs = folder.runs()
            let text = try folder.read("PROGRESS.md")
            #expect(runs.count == 2 && text.contains(runs[0]) && text.contains("runs/\(runs[1])/index.html"))
            #expect(!text.contains("runs/\(runs[0])/index.html"))
        }
    }
}
