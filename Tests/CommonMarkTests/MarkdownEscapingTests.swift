import CommonMark
import TestSupport
import Testing

struct MarkdownEscapingTests {
    @Test(arguments: [
        ("client_id", "client_id"),
        ("_x_", #"\_x\_"#),
        ("a|b", #"a\|b"#),
        ("a*b", #"a\*b"#),
        ("A & B", "A & B"),
        ("&lt;", #"\&lt;"#),
        ("<script>", #"\<script>"#),
        ("# x #", "\\# x \\#"),
        ("- x - y", #"\- x - y"#),
        ("12. x", #"12\. x"#),
        ("-100123", "-100123"),
        ("line\r\nbreak", "line↵break"),
        (" a\t", "␣a⇥"),
        ("nul\0", "nul␀"),
        ("abc\u{202E}def", "abc⟨U+202E⟩def"),
        ("see www.x.org now", "see `www.x.org` now"),
        ("HTTP://x.org", "`HTTP://x.org`"),
        ("a@b.org", "`a@b.org`"),
        ("a@b\\|`c", #"`a@b`\\\|\`c"#),
        ("", ""),
    ])
    func cells(data: String, markdown: String) {
        #expect(MarkdownEscaping.cell(data) == markdown)
    }

    @Test(arguments: [
        ("a|b", #"`a\|b`"#), ("`a`", #"`` `a` ``"#), ("a``b", "```a``b```"), (#"a\|b"#, #"a\\\|b"#), ("", ""),
        ("x\ny", "`x↵y`"),
    ])
    func codeCells(data: String, markdown: String) {
        #expect(MarkdownEscaping.codeCell(data) == markdown)
    }

    @Test(
        "F19: nothing that Liquid or Jinja would read stays whole, and a reader sees the same",
        arguments: [
            "{{ x }}", "{% raw %}", "{{{x}}}", "{# x #}", "a@b.org{{x}}c@d.org", "{{a@b.org}}", "`{{ x }}`", "{{%#",
        ]
    )
    func templateMarks(data: String) {
        for written in [
            MarkdownEscaping.text(data), MarkdownEscaping.cell(data), MarkdownEscaping.code(data),
            MarkdownEscaping.codeCell(data),
        ] {
            #expect(!["{{", "{%", "{#"].contains { written.contains($0) }, "\(written)")
            let paragraph = MarkdownDocument("x " + written.replacing("\\|", with: "|")).root.children.first
            #expect(paragraph?.plainText == "x " + data, "\(written)")
        }
    }

    @Test func codeOutsideATableKeepsPipes() {
        #expect(MarkdownEscaping.code(#"a\|b"#) == #"`a\|b`"#)
    }

    private static let nasty = [
        "|", "\\", "\\|", "\\\\|", "a\\", "`", "``|", "`|\\|`", "*x*", "**", "__x__", "~~x~~", "~", "<b>", "<!-- x -->",
        "</td></table>", "&amp;", "&#64;", "[x](javascript:y)", "![x](y)", "[x]", "[x]: y", "http://x.org", "ftp://x",
        "www.x.org", "xwww.x.org", "mailto:a@b.org", "xmpp:a@b.org", "a@b.org", "a\\@b.org", "a\\|b@c.org|d",
        "<a@b.org>",
        "<http://x>", "---", "--- | ---", ":--", "===", "# x", "x #", "> x", "- [x] y", "1. x", "1) x", "+ x",
        "\n\n# x",
        "```", "~~~sql", "    code", "\tcode", "\r", "\u{2028}", "\u{202E}x\u{202C}", "\u{0}", "\u{7}", "\u{7F}",
        "\u{85}",
        "👩‍👩‍👧", "é", "e\u{301}", "|\u{301}", "`\u{301}", "\\\u{301}|", " \u{301}x", "\u{FEFF}x", "  ", " x ", "x  y",
        "$x$",
        "x\\", "\\\n", "{{x}}", "--", "_", "a_b_", "a__b", "_a", "\"'", "^[1]", "[^1]", "https://x.org/a|b\\|c", ":",
        "@", "@x",
    ]

    @Test func nastyValuesStayText() {
        for value in Self.nasty { expectText([value, value + value, "x" + value + "y"]) }
        for value in Self.nasty { expectText([value + " " + value, "x " + value, value + "\n" + value]) }
    }

    @Test func randomValuesStayText() {
        var generator = SeededGenerator(state: 42)
        let scalars =
            Array(#"\|`*_~<>[]()!#&@:/.w-+= abhttp1;"'"#.unicodeScalars) + ["\n", "\r", "\t", "\u{301}", "é", "\0"]
        for _ in 0..<6000 {
            let values = (0..<3).map { _ in
                var value = ""
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    if Bool.random(using: &generator) {
                        value += Self.nasty.randomElement(using: &generator) ?? ""
                    } else {
                        value.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "x")
                    }
                    if value.unicodeScalars.count > 24 { break }
                }
                return value
            }
            expectText(values)
        }
    }

    /// One table of that many cells with the visible text of each, and nothing but text, in every form.
    private func expectText(_ values: [String]) {
        for form in [MarkdownEscaping.cell, MarkdownEscaping.codeCell] {
            let row = "| " + values.map(form).joined(separator: " | ") + " |"
            let line = "|" + String(repeating: " --- |", count: values.count)
            let root = MarkdownDocument([row, line, row].joined(separator: "\n") + "\n").root
            guard root.children.count == 1, root.children[0].children.count == 2 else {
                Issue.record("not one table: \(values.debugDescription): \(row)")
                return
            }
            for cells in root.children[0].children {
                #expect(cells.children.map(\.plainText) == values.map(MarkdownEscaping.visible), "\(row)")
            }
            expectOnlyText(root, of: values)
        }
        for value in values {
            for form in [MarkdownEscaping.text, MarkdownEscaping.code] {
                for prefix in ["", "# ", "- ", "a\n"] {
                    let root = MarkdownDocument(prefix + form(value) + "\n").root
                    let visible = MarkdownEscaping.visible(value)
                    #expect(
                        root.plainText == (prefix == "a\n" ? "a" + (visible.isEmpty ? "" : " ") : "") + visible,
                        "\(value.debugDescription)"
                    )
                    expectOnlyText(root, of: [value])
                }
            }
        }
    }

    private func expectOnlyText(_ root: MarkdownNode, of values: [String]) {
        root.walk { node in
            switch node.kind {
            case .document, .table, .tableRow, .tableCell, .paragraph, .heading(level: 1), .item(isChecked: nil), .list,
                .text, .code, .softBreak:
                break
            default: Issue.record("\(node.kind) from \(values.debugDescription)")
            }
        }
    }
}
