import CommonMark

/// The end of a text.
enum MarkdownTail {
    /// Whether what is added behind an empty line stands for itself, and changes nothing before it.
    static func isClosed(_ bytes: some Sequence<UInt8>) -> Bool {
        let probe = "<!-- end -->"
        let text = Array(bytes)
        let longer = text + Array("\n\n\(probe)\n".utf8)
        guard case .htmlBlock(let html) = MarkdownDocument(bytes: longer).root.children.last?.kind,
            html.trimmingBlanks == probe
        else { return false }
        return MarkdownDocument(bytes: longer).html().hasPrefix(MarkdownDocument(bytes: text).html())
    }
}
