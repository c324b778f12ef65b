import TestSupport
import Testing

/// What a document holds cannot steer the terminal that its boxes are listed in.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct ChecklistTextTests {
    @Test("C1: the boxes of a checklist are shown with signs")
    func boxes() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("- [ ] Ones \u{1B}]0;owned\u{07} <!-- assay:check one -->\n", to: "LIST.md")
            try folder.suite(["one": check("one", "SELECT 1 AS x")])
            let result = try await assay(["checklist", "LIST.md", "--suite", "suite"], in: folder)
            #expect(result.status == 0 && result.stdout.contains("Ones ␛]0;owned␇"), "\(result.stdout)")
            #expect(!result.stdout.contains("\u{1B}") && !result.stdout.contains("\u{07}"))
        }
    }
}
