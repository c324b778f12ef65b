import CommonMark

/// The end of a text.
enum MarkdownTail {
    /// The HTML of the last block; nil when the last block is something else.
    static func lastHTML(of bytes: [UInt8]) -> String? {
        if case .htmlBlock(let html) = MarkdownDocument(bytes: bytes).root.children.last?.kind { html } else { nil }
    }
}
