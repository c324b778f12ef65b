import LivingDocuments
import TestSupport

/// Documents such as people write them, and such as nobody should.
struct GeneratedDocument {
    private static let blocks = [
        "# Project log", "Project log\n===========", "## Recent Updates", "### Session 12",
        "## 2025-11-14 Session 157: fixed",
        "## 2025-11-13 Session 156: broke", "### [2025-11-12] ✅ A title", "## 📅 2025-11-11",
        "2025-11-10 Setext\n-------",
        "## Session 9 (November 9, 2025)", "#### 08.11.2025 — deep", "# 2025-11-07", "## [2025-11-06](link.md) linked",
        "   ## 2025-11-05 indented", "##\t2025-11-04\ttabbed ##", "Plain words with é, 日本, 👩‍👩‍👧 and ends  \nhere.",
        "- a list\n  - nested\n\n    ## 2025-12-01 no heading of the page\n  - [ ] task\n- end",
        "1. one\n\n   ```\n   ## 2025-12-02 code in a list\n   ```", "> ## 2025-12-03 quoted\n> more",
        "```sh\n# 2025-12-04 comment\n## 2025-12-05 another\n```", "~~~\n## 2025-12-06\n~~~",
        "    ## 2025-12-07 indented code",
        "\t## 2025-12-08 tab code", "<div>\n## 2025-12-09 in html\n</div>", "<!-- ## 2025-12-10 comment -->",
        "<!--\n## 2025-12-11 comment of lines\n\n## 2025-12-12\n-->", "| a | b |\n| --- | ---: |\n| x\\|y | `p\\|q` |",
        "---", "***", "[ref]: https://example.org", "text [ref] and `<!-- assay:end -->`",
        "<details>\n<summary>Old</summary>\n\n## 2024-01-01 inside\n\n</details>", "## Decisions", "## Active Bugs",
        "## BUG-12: Something 🔴 OPEN\n\n**Status:** 🔴 OPEN", "text right above\n## 2025-11-03 no empty line",
        "&nbsp;\u{00A0}\u{2028}x", "<script>\nlet x = '## 2025-12-13'\n</script>", "* * *", "+ plus\n+ list",
        "    code\n\n\n    more code", "<!-- assay:begin nonsense -->", "<!-- assay:end -->", "term\n: no definition",
        "<a id=\"s1\"></a>", "<!-- session 157 -->", "- 2025-11-02: did x\n- 2025-11-01: did y",
        "* 2025-10-01 did x\n* 2025-10-02 did y", "**2025-11-02** — did x", "Maintained by Ana.", "[a]: b\n[c]: <d>",
        "## ✅ Resolved Bugs", "## Critical", "### Open", "## Archive", "# BUG-2: x", "# BUG-1", "<<<<<<< HEAD",
        "## How to report a bug", "## 14/11/2025 — x", "## 05/11/2025 — y", "Friday, November 14th, 2025\n====",
        "## x (2025-11-14) ##", "## 2025-11-15T09:30Z x",
    ]
    /// What only the end of a document can have.
    private static let endings = [
        "```\n## 2025-12-20 never closed\n", "<!-- never closed\n\n## 2025-12-21\n", "- ```\n  in a list, never closed",
        "> ```\n> quoted", "<div>\nopen", "<script>\nopen", "~~~~\n~~~\n", "\\", "trailing blanks   ", "| a |\n| - |",
        "[x]: <y",
        "<!doctype\n", "<?php\n", "<![CDATA[\n", "\n\n\n", "  \t", "    indented",
    ]

    var bytes: [UInt8]

    init(using generator: inout SeededGenerator) {
        var text = ""
        if Int.random(in: 0..<6, using: &generator) == 0 { text += "---\ntitle: \"## 2025-12-30 x\"\n---\n" }
        for _ in 0..<Int.random(in: 0...14, using: &generator) {
            text += Self.blocks.randomElement(using: &generator) ?? ""
            text += ["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \t\n"].randomElement(using: &generator) ?? ""
        }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: text += Self.endings.randomElement(using: &generator) ?? ""
        case 1: while text.hasSuffix("\n") { text.removeLast() }
        case 2: while text.hasSuffix("\n\n") { text.removeLast() }
        default: break
        }
        if Int.random(in: 0..<4, using: &generator) == 0 { text = Self.mutated(text, using: &generator) }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0, 1: text = text.replacing("\n", with: "\r\n")
        case 2: text = text.replacing("\n", with: "\r")
        case 3:
            text = String(
                text.map { character in
                    character == "\n" && Bool.random(using: &generator) ? Character("\r\n") : character
                }
            )
        default: break
        }
        bytes = Array(text.utf8)
        if Int.random(in: 0..<8, using: &generator) == 0 { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    }

    /// Takes away, doubles or swaps some characters.
    private static func mutated(_ text: String, using generator: inout SeededGenerator) -> String {
        var characters = Array(text)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where characters.count > 4 {
            let place = Int.random(in: 0..<(characters.count - 2), using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(characters[place], at: place)
            case 2: characters.swapAt(place, Int.random(in: 0..<characters.count, using: &generator))
            default: characters.insert("`#>-\t \n<|*".randomElement(using: &generator) ?? "#", at: place)
            }
        }
        return String(characters)
    }
}
