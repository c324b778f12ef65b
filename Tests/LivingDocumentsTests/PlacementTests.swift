import AuditModel
import Testing

@testable import LivingDocuments

/// Where entries go; `^` marks the place, and what follows it in a line is how the new heading begins.
struct PlacementTests {
    private static let run = SampleRuns.run(0, [.init(id: "a", before: 1)], title: "Suite")

    private func expect(_ marked: String, heading: String, update: (Document) throws -> Document) throws {
        let parts = marked.split(separator: "^", omittingEmptySubsequences: false)
        let text = try update(Document(parts.joined())).bytes
        #expect(text.starts(with: parts[0].utf8))
        let rest = String(decoding: text.dropFirst(parts[0].utf8.count), as: UTF8.self)
        #expect(rest.drop { $0 == "\n" }.hasPrefix("<!-- assay:begin "), "\(rest)")
        #expect(rest.hasSuffix(parts[1]))
        let lines = rest.split(separator: "\n")
        let begin = try #require(lines.firstIndex { $0.hasPrefix("<!-- assay:begin ") })
        #expect(lines[begin + 1].hasPrefix(heading), "\(lines[begin + 1])")
        // A second run's entry keeps to the first one's side.
        let again = try update(Document(bytes: text))
        #expect(again.bytes == text)
        #expect(Outline(again).entries.count == 1)
    }

    @Test(arguments: [
        // A known section that is empty.
        ("# P\n\n## Recent Updates\n\n_None yet._\n\n^## Archive\n\n### 2025-11-01 Old\n", "### 2026-11-23 Suite"),
        ("# P\n\n## Log\n\n_None_\n\n^---\n\n## Old\n\n### 2025-11-01: x\n", "### 2026-11-23: Suite"),
        ("# P\n\n## Recent Updates\n\ntext\n\n^## 2025-11-14 x\n\n## 2025-11-13 y\n", "## 2026-11-23 Suite"),
        (
            "# P\n\n^## 2025-11-14 x\n\n### Updates\n\n- y\n\n## 2025-11-13 z\n\n## History\n\nIn git.\n",
            "## 2026-11-23"
        ),
        ("# P\n\n^## Archive\n\n### 2025-11-01 Old\n", "## 2026-11-23 Suite"),
        // What belongs to a heading.
        ("# P\n\n^<!-- session 157 -->\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<!-- session 157 -->\n\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<a id=\"s157\"></a>\n\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<!-- a -->\n<a id=\"s157\"></a>\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n<!-- newest first -->\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n<!-- Add new entries below this line -->\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n<details>\n\nx\n\n</details>\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<<<<<<< HEAD\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        (
            "# P\n\n^<!-- assay:begin run=20251114T031500Z-000000 kind=progress suite=x digest=0 -->\n\n## 2025-11-14 x\n",
            "## 2026-11-23 Suite"
        ),
        ("# P\n\n## Log\n\n^<a id=\"old\"></a>\n## Appendix\n", "### 2026-11-23 Suite"),
        ("# P\n\n<!-- LOG:START -->\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n<!--\n## 2025-01-01 Template\n-->\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n<p>\n<img src=x>\n</p>\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<details>\n<summary>a</summary>\n\n## 2025-11-14 x\n\n</details>\n", "## 2026-11-23 Suite"),
        ("# P\n\n^<!-- protocol 157 -->\n\n## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n[a]: b\n<!-- c -->\n[d]: e\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        // Entries of level 1.
        ("^# 2025-11-14 x\n\n# 2025-11-13 y\n", "# 2026-11-23 Suite"),
        ("^# Session 157\n\nx\n\n# Session 156\n", "# Suite"),
        ("# 2025 in review\n\n^## 2025-11-14 x\n\n# Notes\n", "## 2026-11-23 Suite"),
        // Oldest first.
        ("# P\n\n## 2025-11-13 B\n\n## 2025-11-14 C\n\nc\n\n^---\n\nMaintained by Ana.\n", "## 2026-11-23 Suite"),
        ("# P\n\n## 2025-11-13 B\n\n## 2025-11-14 C\n\nc\n^", "## 2026-11-23 Suite"),
        (
            "# P\n\n## 2025-11-13 B\n\nb\n\n## 2025-11-14 C\n\nc\n\n^*Last updated: 2025-11-14*\n\n[a]: b\n",
            "## 2026-11-23 Suite"
        ),
        ("# P\n\n## 2025-11-13 B\n\n## 2025-11-14 C\n\nc [a]\n\n^[a]: b\n[c]: d\n", "## 2026-11-23 Suite"),
        ("# P\n\n## 2025-11-13 B\n\nb\n\n---\n\n## 2025-11-14 C\n\nc\n\n---\n\n^Maintained by Ana.\n", "## 2026-11-23"),
        ("# P\n\n## Log\n\n### 2025-11-13 B\n\n### 2025-11-14 C\n\nc\n\n^---\n\n## Appendix\n", "### 2026-11-23 Suite"),
        ("# P\n\n## Notes\n\n### 2025-11-13 x\n\n## Calls\n\n^### 2025-11-14 y\n", "### 2026-11-23 Suite"),
        // Preambles and plans.
        ("# P\n\n## Overview\n\nx\n\n## Goal: launch by 2025-12-31\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n## Launch on 2027-01-31\n\n^## 2025-11-14 x\n", "## 2026-11-23 Suite"),
        ("# P\n\n## Table of Contents\n\n- x\n\n^## Fixed the login\n", "## Suite"),
        ("# P\n\n^## Completed\n\n- x\n\n## In progress\n\n- y\n", "## Suite"),
        // Lines with dates.
        ("# P\n\nintro\n\n^- 2025-11-14: did x\n- 2025-11-13: did y\n", "- 2026-11-23: Suite"),
        ("# P\n\n## November\n\n^- **14 Nov 2025** did x\n- **13 Nov 2025** did y\n", "- **23 Nov 2026** Suite"),
        ("# P\n\n^**2025-11-14** — did x\n\n**2025-11-13** — did y\n", "**2026-11-23** — Suite"),
        ("# P\n\n## Log\n\nintro\n\n^**2025-11-14** — did x\n\n## Other\n", "**2026-11-23** — Suite"),
        ("# P\n\n**2025-11-14**\n\ntext\n^", "## 2026-11-23 Suite"),
        ("# P\n\n- 2025-11-13: did x\n- 2025-11-14: did y\n^", "- 2026-11-23: Suite"),
    ])
    func progress(marked: String, heading: String) throws {
        try expect(marked, heading: heading) { try $0.progress(Self.run) }
    }

    @Test(arguments: [
        (
            "# Bugs\n\n## 🔴 Active Bugs\n\n_None_\n\n^## ✅ Resolved Bugs\n\n### 2025-11-14 BUG-7: Foo\n",
            "### 2026-11-23: Tr"
        ),
        ("# App\n\n## Known Issues\n\nNone.\n\n^## Changelog\n\n### 2025-11-14 v1.4\n", "### 2026-11-23 Trouble"),
        ("# Bugs\n\n^## Resolved Bugs\n\n### Login broken\n", "## Trouble"),
        ("^# BUG-2: x\n\ntext\n\n# BUG-1: y\n", "# Trouble"),
        ("# Bugs\n\n## How to report a bug\n\nx\n\n^## Login broken\n", "## Trouble"),
        ("# Bugs\n\n## Table of Contents\n\nx\n\n^## BUG-2: y\n", "## Trouble"),
        ("# Bugs\n\n## Summary\n\n| a |\n|---|\n\n## Team\n\nx\n\n^## [#12] y\n", "## Trouble"),
        ("# Bugs\n\n## Overview\n\nx\n\n## Team\n\nx\n\n^## 🔴 Login broken\n", "## Trouble"),
        ("# Bugs\n\n## Team\n\nx\n\n^## Login broken [open]\n", "## Trouble"),
        ("# Bugs\n\n## Critical\n\n^### BUG-2: x\n\n## Low\n\n### BUG-1: y\n", "### Trouble"),
        ("# Bugs\n\n## Critical\n\n_None_\n\n^## Resolved\n\n### BUG-1: y\n", "### Trouble"),
        ("# App\n\n## Bugs\n\n### Open\n\n^#### BUG-1: x\n", "#### Trouble"),
        ("# App\n\n## Bugs\n\n### Open\n\n^### BUG-2: x\n\n### BUG-1: y\n", "### Trouble"),
        ("# App\n\n## Bugs\n\n### Open\n\n_None_\n\n^### Closed\n\n#### BUG-1: x\n", "#### Trouble"),
        ("# Bugs\n\n^## BUG-1: Bar (fixed 2025-11-01)\n", "## Trouble"),
        ("# Bugs\n\n^## BUG-2: Bar (2025-11-01)\n", "## Trouble with a (2026-11-23)"),
        ("# Bugs\n\n^## BUG-2\n\n### 2025-11-14 Reported\n\nx\n", "## Trouble"),
        ("# Bugs\n\n^## Login broken\n\n## ✅ Typo in the mail\n", "## Trouble"),
        ("# Bugs\n\n## Team\n\n^## 🔴 Login broken\n\n## ✅ Typo in the mail\n", "## Trouble"),
        ("# Bugs\n\n^## Login broken\n\n### Open\n\nWho?\n", "## Trouble"),
        ("# Bugs\n\n^## Login broken\n\n- 2025-11-14: reported\n", "## Trouble"),
    ])
    func bugs(marked: String, heading: String) throws {
        try expect(marked, heading: heading) { try $0.bugs(Self.run) }
    }

    /// The order of several runs' entries, in documents of all sorts.
    @Test(arguments: [
        ("# P\n\n- 2025-11-14: x\n- 2025-11-13: y\n", false), ("# P\n\n- 2025-11-13: x\n- 2025-11-14: y\n", true),
        ("# P\n\n## 2025-11-13 x\n\n## 2025-11-14 y\n\nz\n\n---\n\nAna\n", true), ("# P\n\n## 2025-11-13 x\n", false),
        ("# P\n\n## 2025-11-13 x\n\n---\n\n## 2025-11-14 y\n\nz\n\n---\n\nAna\n", true),
        ("# P\n\n## Log\n\n_None_\n\n## Old\n\n### 2025-11-01 x\n", false), ("# Session 2\n\n# Session 1\n", false),
        ("# P\n\n## Archive\n\n### 2025-11-01 Old\n", false), ("# P\n\n## Overview\n\nx\n", false),
        ("# P\n\n<!-- session -->\n## Fixed it\n", false), ("# P\n\n## Session 2 (2025-11-14) x ##\n", false),
    ])
    func order(text: String, isOldestFirst: Bool) throws {
        let original = try Document(text)
        var document = original
        let runs = (0..<4).map { SampleRuns.run($0, [.init(id: "a", before: $0 + 1)]) }
        for run in runs { document = try document.progress(run) }
        let outline = Outline(document)
        #expect(
            outline.entries.map(\.marker.run) == (isOldestFirst ? runs : runs.reversed()).map(\.id),
            "\(document.text)"
        )
        #expect(document.removingEntries() == original)
        let levels = outline.headings.filter { outline.entry(at: outline.blocks[$0.index].start) != nil }
            .map(\.heading.level)
        #expect(Set(levels).count == (text.contains("- 2025") ? 0 : 1))
        #expect(!text.hasSuffix("Ana\n") || document.text.hasSuffix("Ana\n"))
    }

    @Test(arguments: [
        "# B\n\n## Critical\n\n### BUG-2\n", "# BUG-2\n\n# BUG-1\n", "# B\n\n## Resolved Bugs\n\n### Login\n",
        "# B\n\n## Active\n\n_None_\n\n## Resolved\n\n### x\n", "# B\n\n## Overview\n\nx\n",
        "# B\n\n## Team\n\n## #12 x\n",
    ])
    func orderOfBugs(text: String) throws {
        let original = try Document(text)
        var document = original
        let ids = ["a", "b", "c"]
        for night in ids.indices {
            let samples = ids[...night].map { SampleRuns.Sample(id: $0, before: 1) }
            document = try document.bugs(SampleRuns.run(night, samples))
        }
        #expect(Outline(document).entries.map(\.marker.check) == ["c", "b", "a"], "\(document.text)")
        #expect(document.removingEntries() == original)
    }
}
