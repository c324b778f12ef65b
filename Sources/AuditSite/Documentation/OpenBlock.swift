import CommonMark

/// Closes what a Markdown text leaves open at its end, so that it cannot swallow what comes after it.
enum OpenBlock {
    static func close(_ markdown: String) -> String {
        for closing in [
            "", fence(of: markdown), "-->", "</script>", "</style>", "</pre>", "</textarea>", "?>", "]]>", ">",
        ] {
            guard let closing else { continue }
            let closed = closing.isEmpty ? markdown : "\(markdown)\n\(closing)"
            if isClosed(closed) { return closed }
        }
        // What is left is shown as it was written.
        return Documentation.fence(markdown, language: "markdown")
    }

    /// A paragraph after the text is a paragraph of the page.
    private static func isClosed(_ markdown: String) -> Bool {
        let mark = "end of the text"
        let last = MarkdownDocument("\(markdown)\n\n\(mark)").root.children.last
        return last?.kind == .paragraph && last?.plainText == mark
    }

    /// The closing fence of a code block at the end.
    private static func fence(of markdown: String) -> String? {
        let root = MarkdownDocument(markdown).root
        guard let last = root.children.last, case .codeBlock(let block) = last.kind, block.info != nil else {
            return nil
        }
        let bytes = Array(markdown.utf8)
        let start = LineIndex(bytes).start(ofLine: last.range.startLine) + last.range.startColumn - 1
        guard start < bytes.count else { return nil }
        return String(decoding: bytes[start...].prefix { $0 == bytes[start] }, as: UTF8.self)
    }
}
