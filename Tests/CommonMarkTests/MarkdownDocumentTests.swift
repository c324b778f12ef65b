import CommonMark
import Testing

struct MarkdownDocumentTests {
    @Test func blocksCarryTheirPlaces() throws {
        let text = "# Té *st*\r\n\r\n```sql find\r\nSELECT 1\r\n```\r\n"
        let root = MarkdownDocument(text).root
        #expect(root.kind == .document)
        let heading = try #require(root.children.first)
        #expect(heading.kind == .heading(level: 1))
        #expect(heading.plainText == "Té st")
        #expect(heading.range == SourceRange(startLine: 1, startColumn: 1, endLine: 1, endColumn: 10))
        let code = try #require(root.children.last)
        #expect(code.kind == .codeBlock(.init(info: "sql find", literal: "SELECT 1\n", fenceOffset: 0)))
        #expect(code.range == SourceRange(startLine: 3, startColumn: 1, endLine: 5, endColumn: 3))
    }

    @Test func tablesTasksAndLinks() {
        let text = """
            | a | b |
            | :-: | --: |
            | *x* | ~~y~~ |

            - [x] done
            - [ ] open
            - plain

            3. see https://example.org
            """
        let root = MarkdownDocument(text).root
        var seen: [MarkdownNode.Kind] = []
        root.walk { seen.append($0.kind) }
        #expect(
            seen == [
                .document, .table(alignments: [.center, .right]), .tableRow(isHeader: true),
                .tableCell, .text("a"), .tableCell, .text("b"), .tableRow(isHeader: false),
                .tableCell, .emphasis, .text("x"), .tableCell, .strikethrough, .text("y"),
                .list(.init(isOrdered: false, start: 0, isTight: true)),
                .item(isChecked: true), .paragraph, .text("done"),
                .item(isChecked: false), .paragraph, .text("open"), .item(isChecked: nil), .paragraph, .text("plain"),
                .list(.init(isOrdered: true, start: 3, isTight: true)), .item(isChecked: nil), .paragraph,
                .text("see "), .link(url: "https://example.org", title: ""), .text("https://example.org"),
            ]
        )
    }

    @Test(arguments: [
        ("a <b>b</b>", "<p>a <!-- raw HTML omitted -->b<!-- raw HTML omitted --></p>\n"),
        ("<script>x()</script>", "<!-- raw HTML omitted -->\n"),
        ("[x](javascript:y)", "<p><a href=\"\">x</a></p>\n"),
        ("![the *plan*](https://e.org/x.png)", "<p><a href=\"https://e.org/x.png\">the <em>plan</em></a></p>\n"),
        ("a ![b](c.png) d", "<p>a b d</p>\n"),
        ("[![b](https://e.org/x.png)](https://e.org)", "<p><a href=\"https://e.org\">b</a></p>\n"),
        ("![a ![b](https://e.org/1)](https://e.org/2)", "<p><a href=\"https://e.org/2\">a b</a></p>\n"),
        ("![x](data:image/png;base64,AAAA)", "<p>x</p>\n"),
        ("nul \u{0} byte", "<p>nul \u{FFFD} byte</p>\n"),
        ("", ""),
    ])
    func htmlIsSafeAndComplete(markdown: String, html: String) {
        #expect(MarkdownDocument.html(markdown: markdown) == html)
        #expect(MarkdownDocument(markdown).html() == html)
    }

    @Test func invalidBytesAreNoTrouble() {
        let document = MarkdownDocument(bytes: [0x23, 0x20, 0xFF, 0xFE, 0x0A])
        #expect(document.root.plainText == "\u{FFFD}\u{FFFD}")
    }

    @Test func manyParseAtOnce() async {
        let text = "see https://example.org, ~~x~~ and a@b.org\n"
        let alone = MarkdownDocument.html(markdown: text)
        let together = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<300).allSatisfy { _ in MarkdownDocument.html(markdown: text) == alone } }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(together)
        #expect(alone.contains("<del>x</del>") && alone.contains("mailto:a@b.org"))
    }

    @Test func depthIsBounded() {
        let text = String(repeating: "> ", count: 5000) + "x"
        var depth = 0
        var node = MarkdownDocument(text).root
        while let child = node.children.first {
            node = child
            depth += 1
        }
        #expect(depth == 200)
    }
}
