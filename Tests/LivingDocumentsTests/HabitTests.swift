import AuditModel
import Testing

@testable import LivingDocuments

struct HabitTests {
    /// What a document has, and how the heading of the new entry begins.
    @Test(arguments: [
        ("# P\n\n## 2025-11-14 Session 157: x\n\ntext\n", "## 2026-11-23: Suite: "),
        ("# P\n\n### [2025-11-14] x\n", "### [2026-11-23] Suite: "),
        ("# P\n\n## 2025/11/14: x\n", "## 2026/11/23: Suite: "),
        ("# P\n\n## **2025-11-14** - x\n", "## **2026-11-23** - Suite: "),
        ("# P\n\n## November 14, 2025\n", "## November 23, 2026 Suite: "),
        ("# P\n\n## 14 Nov 2025 — x\n", "## 23 Nov 2026 — Suite: "),
        ("# P\n\n## Fixed the login\n", "## Suite: "),
        ("# P\n\n## Recent Updates\n\n### Fixed the login\n", "### Suite: "),
        ("# P\n\n## Overview\n\nx\n\n## Recent Updates\n", "### 2026-11-23 Suite: "),
        ("# P 2025-01-01\n\ntext\n", "## 2026-11-23 Suite: "),
        ("# P\n\n## [2025-11-14](x.md) linked\n", "## 2026-11-23 Suite: "),
        ("P\n=\n\n2025-11-14 x\n---\n", "2026-11-23 Suite: "), ("# P\n\n## 14/11/2025 x\n", "## 23/11/2026 Suite: "),
        ("# P\n\n## 05/11/2025 — x\n\n## 31/10/2025 — y\n", "## 23/11/2026 — Suite: "),
        ("# P\n\n## 11/05/2025 — x\n\n## 10/31/2025 — y\n", "## 11/23/2026 — Suite: "),
        ("# P\n\n## 05/11/2025 — x\n", "## 2026-11-23 — Suite: "),
        ("# P\n\n## 14. November 2025 — x\n", "## 23. November 2026 — Suite: "),
        ("# P\n\n## Nov 14th, 2025: x\n", "## Nov 23rd, 2026: Suite: "),
        ("# P\n\n## November 14th, 2025: x\n", "## November 23rd, 2026: Suite: "),
        ("# P\n\n## 2025-11-14T09:30Z x\n", "## 2026-11-23 Suite: "),
        ("# P\n\n## 2025-11-14 09:30 — x\n", "## 2026-11-23 — Suite: "),
        ("# P\n\n## Friday, November 14, 2025\n", "## Monday, November 23, 2026 Suite: "),
        ("# P\n\n## Fri 2025-11-14 - x\n", "## Mon 2026-11-23 - Suite: "),
        ("# P\n\n## ✅ 2025-11-14 — x\n", "## 2026-11-23 — Suite: "),
    ])
    func headings(document: String, heading: String) throws {
        let run = SampleRuns.run(0, [.init(id: "a", before: 1)], title: "Suite")
        let text = try Document(document).progress(run).text
        let lines = text.split(separator: "\n")
        let begin = try #require(lines.firstIndex { $0.hasPrefix("<!-- assay:begin ") })
        #expect(lines[begin + 1].hasPrefix(heading), "\(lines[begin + 1])")
    }

    @Test func aDateAtTheEndStaysThere() throws {
        let run = SampleRuns.run(0, [.init(id: "a", before: 0)], title: "Suite")
        let text = try Document("# P\n\n## Session 9 (2025-11-09)\n").progress(run).text
        #expect(text.contains("\n## Suite: The one check is clear (2026-11-23)\n"))
    }

    @Test(arguments: [
        ("[1.4.0] - 2025-11-14", "Suite: The one check is clear - 2026-11-23"),
        ("Session 9 (Fri, 14 Nov 2025)", "Suite: The one check is clear (Mon, 23 Nov 2026)"),
        ("Session 9, 2025-11-14 09:30 UTC", "Suite: The one check is clear, 2026-11-23"),
        ("[x](y.md) 2025-11-14", "Suite: The one check is clear 2026-11-23"),
        ("Session 9 (as of 2025-11-14)", "Suite: The one check is clear"),
    ])
    func datesAtTheEnd(old: String, new: String) throws {
        let run = SampleRuns.run(0, [.init(id: "a", before: 0)], title: "Suite")
        let text = try Document("# P\n\n## \(old)\n").progress(run).text
        #expect(text.contains("\n## \(new)\n"), "\(text)")
    }

    @Test func closingMarksAreImitatedWhenAllHaveThem() throws {
        let run = SampleRuns.run(0, [.init(id: "a", before: 0)], title: "Suite")
        let all = try Document("# P\n\n## 2025-11-14 x ##\n\n## 2025-11-13 y ##\n").progress(run).text
        #expect(all.contains("\n## 2026-11-23 Suite: The one check is clear ##\n"))
        let one = try Document("# P\n\n## 2025-11-14 x ##\n\n## 2025-11-13 y\n").progress(run).text
        #expect(one.contains("\n## 2026-11-23 Suite: The one check is clear\n"))
    }

    /// `^` marks where the entry goes.
    @Test(arguments: [
        "# P\n\npreamble\n\n## Recent Updates\n\n^## 2025-11-14 x\n\n## 2025-11-13 y\n",
        "# P\n\n## Roadmap\n\n### 2027-01-01 plan\n\n## Recent Updates\n\n^### 2025-11-14 x\n",
        "^## 2025-11-14 x\n", "# P\n\n```\n## 2025-12-01\n```\n\n^## 2025-11-14 x\n",
        "---\ntitle: x\n---\n# P\n\n^## 2025-11-14 x\n",
        "# P\n\n> ## 2025-12-01\n\n- ## 2025-12-02\n\n^## 2025-11-14 x\n",
        "# P\n\n## 2025-01-01 a\n\n## 2025-01-02 b\n\n## 2025-01-03 c\n\nend\n^", "# P\n\ntext\n^",
        "# P\n\n^```\nnever closed\n\n## 2025-11-14 x\n", "\u{FEFF}^## 2025-11-14 x\n",
        "# P\n\n## Log\n\n<!-- newest first -->\n^",
    ])
    func places(marked: String) throws {
        let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
        let document = try Document(parts.joined())
        let text = try document.progress(SampleRuns.run(0, [.init(id: "a", before: 1)])).bytes
        #expect(text.starts(with: parts[0].utf8))
        let rest = String(decoding: text.dropFirst(parts[0].utf8.count), as: UTF8.self)
        #expect(rest.drop { $0 == "\n" }.hasPrefix("<!-- assay:begin "), "\(rest)")
        #expect(rest.hasSuffix(parts[1]))
    }

    @Test func invalidTextIsRefused() {
        #expect(throws: DocumentError.self) { try Document(bytes: [0x61, 0x0A, 0xFF, 0x0A]) }
        #expect(throws: DocumentError.self) { try Document(bytes: [0xFF, 0xFE, 0x23, 0x00]) }
    }
}
