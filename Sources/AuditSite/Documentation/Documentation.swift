import CommonMark

/// A check's prose, made fit for its place in a report.
enum Documentation {
    /// The level of the prose's own highest headings: a check's title in the report has level 3.
    static let topLevel = 4

    static func html(_ markdown: String) -> String {
        WebLinks.only(MarkdownDocument.html(markdown: HeadingShift.shift(markdown, to: topLevel)))
    }

    static func markdown(_ markdown: String) -> String {
        let shifted = HeadingShift.shift(markdown, to: topLevel)
        let text = String(shifted.reversed().drop(while: \.isWhitespace).reversed())
        return OpenBlock.close(text)
    }

    /// A code block that holds any text.
    static func fence(_ text: String, language: String) -> String {
        var longest = 2
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }
}
