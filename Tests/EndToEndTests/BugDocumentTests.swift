import TestSupport
import Testing

/// What becomes of entries of bugs that people edit, with the built program.
struct BugDocumentTests {
    @Test("F2: what was edited or removed in BUGS is said on standard error, once")
    func editedBugs() async throws {
        try await DocumentProject.with { common, _, folder in
            let found = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(found.status == 1 && found.stderr == "", "\(found.stderr)")
            let text = try folder.read("docs/BUGS.md")
            try folder.write(text.replacing("🔴 OPEN · **Check", with: "won't fix · **Check"), to: "docs/BUGS.md")
            let told = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(told.stderr.contains("docs/BUGS.md: the entry of `missing` in line "), "\(told.stderr)")
            #expect(told.stderr.contains("set by hand"), "\(told.stderr)")
            let quiet = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(quiet.stderr == "", "\(quiet.stderr)")

            try folder.write(DocumentProject.bugs, to: "docs/BUGS.md")
            let removed = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(removed.stderr.contains("docs/BUGS.md: the entry of `missing` was removed"), "\(removed.stderr)")
            #expect(try folder.read("docs/BUGS.md") == DocumentProject.bugs)
            let later = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(later.stderr == "", "\(later.stderr)")
            #expect(try folder.read("docs/BUGS.md") == DocumentProject.bugs)
        }
    }
}
