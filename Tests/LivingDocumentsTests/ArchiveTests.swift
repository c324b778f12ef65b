import AuditModel
import Testing

@testable import LivingDocuments

struct ArchiveTests {
    /// 3,000 entries, more than 2 MB.
    private static let archive: String = {
        var text = "# PROGRESS\n\n**Last Updated:** 2025-11-14\n\n## Recent Updates\n\n"
        for session in (0..<3000).reversed() {
            text += "## 2025-11-\(10 + session / 200) Session \(session): a day\n\n"
            text += "- ✅ **Done:** something with `code` and [a link](docs/x.md)\n- [x] a task\n\n"
            text +=
                "```sh\n# 2026-01-01 a comment\nmake test\n```\n\n| before | after |\n| ---: | ---: |\n| 3 | 0 |\n\n"
            text += String(repeating: "Prose of that day, which nobody reads again. ", count: 12) + "\n\n"
        }
        return text
    }()

    @Test func anEntryOnTopOfAnArchive() throws {
        let document = try Document(Self.archive)
        #expect(document.bytes.count > 2_000_000)
        let users = [String(repeating: "x|`<!-- assay:end -->", count: 500)]
        let run = SampleRuns.run(0, [.init(id: "a", before: 1, users: users)])
        let next = try document.progress(run)
        #expect(try next.progress(run) == next)
        let back = next.removingEntries().text.replacing(
            "**Last Updated:** 2026-11-23",
            with: "**Last Updated:** 2025-11-14"
        )
        #expect(back == Self.archive)
        let entry = try #require(next.text.firstRange(of: "<!-- assay:begin"))
        #expect(next.text[..<entry.lowerBound].hasSuffix("## Recent Updates\n\n"))
    }
}
