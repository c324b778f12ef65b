import CommonMark
import Hashing

/// What Markdown says, whatever its form: padding, line ends, emphasis, list marks and escapes count for nothing.
enum SaidText {
    /// The words of a node, with one blank between them.
    static func words(_ node: MarkdownNode) -> String { collapsed(raw(node)) }

    /// The words of a whole text.
    static func words(_ markdown: some Sequence<UInt8>) -> String {
        words(MarkdownDocument(bytes: Array(markdown)).root)
    }

    static func collapsed(_ text: String) -> String {
        text.unicodeScalars.split { $0.properties.isWhitespace }.map(String.init).joined(separator: " ")
    }

    /// Of words, to know them again.
    static func digest(_ words: String, length: Int) -> String {
        String(SHA256.hex(of: Array(words.utf8)).prefix(length))
    }

    private static func raw(_ node: MarkdownNode) -> String {
        let inner = { node.children.map(raw).joined() }
        switch node.kind {
        case .text(let text), .code(let text), .html(let text): return text
        case .softBreak, .lineBreak: return " "
        case .emphasis, .strong: return inner()
        // What is struck out is not said any more.
        case .strikethrough: return "~~\(inner())~~"
        case .link(let url, _): return inner() == url ? url : "\(inner()) <\(url)>"
        case .image(let url, _): return "\(inner()) <\(url)>"
        case .codeBlock(let block): return "\(block.info ?? "") \(block.literal) "
        case .htmlBlock(let html): return html + " "
        case .thematicBreak: return "--- "
        case .item(isChecked: let isChecked?): return (isChecked ? "[x] " : "[ ] ") + inner()
        default: return inner() + " "
        }
    }
}
