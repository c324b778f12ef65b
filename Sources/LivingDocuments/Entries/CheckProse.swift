import CommonMark

/// The parts of a check's prose that entries quote, each as one paragraph of Markdown.
struct CheckProse {
    /// What a violation means for a person.
    let symptom: String?
    /// Why it happens.
    let cause: String?
    /// What should be instead.
    let expectation: String?
    /// What a person can do.
    let byHand: String?
    /// What a program may do about it, and why that is safe.
    let repair: String?

    private static let lengthLimit = 1200

    init(_ markdown: String) {
        var plain: [String] = []
        var named: [(name: String, text: String)] = []
        for node in MarkdownDocument(markdown).root.children {
            guard case .paragraph = node.kind else { continue }
            let text = Self.inline(node.children)
            if let first = node.children.first, case .strong = first.kind {
                named.append((first.plainText.lowercased(), Self.inline(Array(node.children.dropFirst()))))
            } else if !text.isEmpty {
                plain.append(text)
            }
        }
        let why = named.first { $0.name.hasPrefix("why") || $0.name.contains("cause") }?.text
        symptom = plain.first
        cause = why ?? (plain.count > 1 ? plain[1] : nil)
        expectation = named.first { $0.name.hasPrefix("expect") }?.text
        byHand = named.first { $0.name.hasPrefix("by hand") }?.text
        let ofRepair = named.first { Self.isOfRepair($0.name) }?.text
        repair = ofRepair ?? (plain + named.map(\.text)).lazy.compactMap(Self.aboutFix).first
    }

    private static func isOfRepair(_ name: String) -> Bool {
        ["fix", "the fix", "repair", "the repair"].contains { name.hasPrefix($0) }
    }

    /// The end of a paragraph, from the last sentence on that tells of the fix.
    private static func aboutFix(_ paragraph: String) -> String? {
        let mentions = paragraph.ranges(of: "the fix") + paragraph.ranges(of: "The fix")
        guard let mention = mentions.map(\.lowerBound).max() else { return nil }
        let start = paragraph[..<mention].ranges(of: ". ").last?.upperBound
        return String(paragraph[(start ?? paragraph.startIndex)...])
    }

    /// The words and code of inline elements; what could be markup in the words is escaped.
    private static func inline(_ nodes: [MarkdownNode]) -> String {
        var result = ""
        for node in joined(nodes) {
            let piece =
                switch node.kind {
                case .text(let text): escaped(text)
                case .code(let code): MarkdownEscaping.code(code.shortened(to: 200))
                case .softBreak, .lineBreak: " "
                case .html, .image: ""
                default: inline(node.children)
                }
            // Two code spans must not become one.
            result += (result.hasSuffix("`") && piece.hasPrefix("`") ? " " : "") + piece
            if result.unicodeScalars.count > lengthLimit { return result.trimmingBlanks + " …" }
        }
        return result.trimmingBlanks
    }

    /// cmark-gfm cuts words where a link might begin, such as at a colon.
    private static func joined(_ nodes: [MarkdownNode]) -> [MarkdownNode] {
        var joined: [MarkdownNode] = []
        for node in nodes {
            if case .text(let more) = node.kind, let last = joined.last, case .text(let text) = last.kind {
                joined[joined.count - 1].kind = .text(text + more)
            } else {
                joined.append(node)
            }
        }
        return joined
    }

    /// Blanks at the ends are those of the sentence, and no signs of their own.
    private static func escaped(_ text: String) -> String {
        let inner = text.trimmingBlanks
        guard !inner.isEmpty else { return text.isEmpty ? "" : " " }
        let start = text.utf8.first == 0x20 ? " " : ""
        let end = text.utf8.last == 0x20 ? " " : ""
        return start + MarkdownEscaping.text(inner.shortened(to: lengthLimit)) + end
    }
}
