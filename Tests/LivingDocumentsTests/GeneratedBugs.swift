import TestSupport

/// Lists of bugs with what stands between entries: markers, anchors, rules, and statuses of many kinds.
struct GeneratedBugs {
    private static let headings = [
        "## BUG-1: Crash", "## BUG-12 🔴 OPEN", "### 🔴 BUG-2 Crash", "## [OPEN] Crash", "# BUG-3 🔴 **OPEN**",
        "Crash 🔴 OPEN\n---", "Crash\non two lines\n===", "## Active Bugs", "### Status", "## ✅ BUG-4", "#### Notes",
        "## Crash <!-- assay:bug inline -->", "##", "## 🔴 Open channel", "## `[OPEN]` x", "## BUG-5 (new)",
        "## <!-- assay:bug only -->", "##   BUG-6 ⏳ In progress   ##",
    ]
    private static let between = [
        "<!-- assay:bug m1 -->", "<!-- assay:bug m2 -->\n\n", "<a id=\"b\"></a>", "<a id=\"c\"></a>\n\n", "---\n\n",
        "***\n",
        "</details>\n\n", "<details>\n\n", "<details><summary>x</summary>\n", "<!-- a\n\nb -->\n", "<br>\n\n",
        "<img src=\"x\">\n\n",
        "[ref]: https://example.org\n", "<div>\n\n", "&nbsp;\n\n", "\u{00A0}\n\n", "<!-- assay:end -->\n\n",
        "<?php ?>\n\n", "\\\n", "  \n",
    ]
    private static let texts = [
        "**Status:** 🔴 OPEN", "**Status:** ✅ FIXED — new build pending", "- *Status*: ⏳ _in progress_\n- x",
        "Status: `open`", "| Status | 🔴 Open |\n| --- | --- |\n| Owner | Ann |",
        "text\nStatus: open\n| a |\n| - |\n| b |",
        "**Symptom:** HTTP status 500 when a new user registers", "> **Status:** open", "🔴 OPEN",
        "words `a\nStatus: open\nb`",
        "```\nStatus: open\n```", "~~~\nnever closed", "- list\n\n  ```\n  in it", "<div>\nStatus: open\n</div>",
        "    Status: open",
        "[OPEN]\n\n[OPEN]: https://example.org", "**Status:** [OPEN]", "1. Status: open\n   * Status: new",
        "[Status: open][ref]",
        "<!-- never closed\n\nStatus: open", "**Severity:** 🔴 High | **Status:** Open", "*open\nStatus: open*",
        "text\\",
        "**Status:** open <span\nStatus: open>", "<pre>\n\nStatus: open",
    ]

    var text = ""

    init(using generator: inout SeededGenerator) {
        if Bool.random(using: &generator) { text += "# Bugs\n\n" }
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                add(Self.between, ["", "", "\n"], &generator)
            }
            add(Self.headings, ["\n", "\n\n"], &generator)
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                add(Self.texts, ["\n\n", "\n\n", "\n", "\n\n\n", ""], &generator)
            }
        }
        for _ in 0..<Int.random(in: 0...2, using: &generator) { add(Self.between, ["", "\n\n\n"], &generator) }
        if Int.random(in: 0..<5, using: &generator) == 0 { text = text.replacing("\n", with: "\r\n") }
    }

    private mutating func add(_ parts: [String], _ ends: [String], _ generator: inout SeededGenerator) {
        text += parts.randomElement(using: &generator) ?? ""
        text += ends.randomElement(using: &generator) ?? ""
    }
}
