internal import CCMarkGFM

/// A Markdown text as GitHub reads it: CommonMark with tables, task lists, strikethrough and autolinks.
///
/// Front matter is no part of that language: cut it off first.
package struct MarkdownDocument: Sendable {
    /// The document's node, with all others below it.
    package let root: MarkdownNode
    private let bytes: [UInt8]

    package init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    /// Invalid UTF-8 and NUL read as U+FFFD; positions still count the bytes given.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        root = CMarkTree.parse(bytes).value()
    }

    /// The document as HTML, without the raw HTML and the `javascript:` links of the text.
    ///
    /// Nothing in it is loaded from elsewhere: an image becomes a link with its description, or only the description
    /// where its address is not a complete one.
    package func html() -> String {
        Self.html(bytes: bytes)
    }

    package static func html(markdown: String) -> String {
        html(bytes: Array(markdown.utf8))
    }

    private static func html(bytes: [UInt8]) -> String {
        let tree = CMarkTree.parse(bytes)
        tree.replaceImages()
        return tree.html()
    }
}
