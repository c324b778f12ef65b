import TestSupport
import Testing

/// Runs of other suites in one output folder are told in no document of this one.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SharedDocumentTests {
    @Test("C9: what another suite could not tell of its run, this one does not make up for")
    func otherSuite() async throws {
        try await TemporaryFolder.with { folder in
            for name in ["a", "b"] { try folder.suite(["one": check("one", "SELECT 1 AS x")], to: name, title: name) }
            let database = ["--database", try await Broadcast.sound]
            for name in ["A", "B"] {
                let text = "output: output\ndocuments: { progress: { path: \(name).md, when: always } }\n"
                try folder.write(text, to: "\(name).yml")
            }
            // Documents that cannot be written are made up for by the next run of the same suite.
            let first = ["audit", "--suite", "a", "--config", "A.yml"] + database
            let early = try await assay(first, in: folder, locking: ".", untilRuns: 1) {
                try folder.write("", to: "A.md/in-the-way")
            }
            #expect(early.status == 65, "\(early.stderr)")
            let other = try await assay(["audit", "--suite", "b", "--config", "B.yml"] + database, in: folder)
            #expect(other.status == 1, "\(other.stderr)")
            let runs = folder.runs()
            let told = try folder.read("B.md")
            #expect(runs.count == 2 && !told.contains(runs[0]) && told.contains(runs[1]))
            #expect(try await Program.run(["-r", folder.file("A.md")], executable: "rm").status == 0)
            let late = try await assay(["audit", "--suite", "a", "--config", "A.yml"] + database, in: folder)
            #expect(late.status == 1, "\(late.stderr)")
            #expect(try folder.read("A.md").contains(runs[0]) && !folder.read("A.md").contains(runs[1]))
        }
    }
}
