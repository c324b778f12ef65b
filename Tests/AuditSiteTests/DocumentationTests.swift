import CommonMark
import Testing

@testable import AuditSite

struct DocumentationTests {
    @Test(arguments: [
        ("## A\n\ntext\n\n### B\n", "#### A\n\ntext\n\n##### B\n"), ("# A\n## B\n##### C", "#### A\n##### B\n###### C"),
        ("#### A", "#### A"), ("no heading", "no heading"), ("A\n===\nb\n", "#### A\n\nb\n"), ("A\n---", "#### A\n"),
        ("```\n# code\n```\n## A #", "```\n# code\n```\n#### A #"), ("- ## A\n> ## B", "- #### A\n> #### B"),
        ("## é\r\n## B\r\n", "#### é\r\n#### B\r\n"), ("    # code", "    # code"),
    ])
    func headingsMoveDown(markdown: String, shifted: String) {
        #expect(HeadingShift.shift(markdown, to: 4) == shifted)
    }

    @Test(arguments: [
        "text", "```sql\nSELECT 1", "~~~~\n```\nx", "<!-- open", "<script>\nx", "<pre>\nx", "<?php", "<![CDATA[ x",
        "- a\n\n  ```\n  x",
        "> ```\n> x", "<div>\nx", "| a |\n| - |\n| 1 |", "<textarea>", "<!DOCTYPE",
    ])
    func nothingStaysOpen(markdown: String) {
        let root = MarkdownDocument(Documentation.markdown(markdown) + "\n\n## After\n").root
        #expect(root.children.last?.kind == .heading(level: 2))
    }

    @Test func onlyLinksToTheWebStay() {
        let html = Documentation.html("[a](https://example.net/?x=1&y) [b *c*](../d.md \"t\") [e](#f) <g@example.net>")
        #expect(
            html == """
                <p><a rel="noreferrer" href="https://example.net/?x=1&amp;y">a</a> b <em>c</em> e \
                <a rel="noreferrer" href="mailto:g@example.net">g@example.net</a></p>

                """
        )
    }

    @Test(arguments: [("a", "```sql\na\n```"), ("a\n", "```sql\na\n```"), ("````", "`````sql\n````\n`````")])
    func fences(text: String, fenced: String) {
        #expect(Documentation.fence(text, language: "sql") == fenced)
    }
}
