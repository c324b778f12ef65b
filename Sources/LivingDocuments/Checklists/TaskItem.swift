import CommonMark

/// A task-list item of a document.
struct TaskItem {
    /// The offset of the character between the brackets.
    var box: Int
    var isTicked: Bool
    /// Ticked with `X`.
    var isCapital: Bool
    var text: String
    /// The checks that comments behind it name.
    var checks: [String]
    /// Comments in the middle of it name checks, and bind nothing.
    var hasStray: Bool

    /// What tells it from other tasks of a document, as one word.
    var key: String { RelativePath.encoded("\(text) \(checks.joined(separator: " "))") }

    /// All tasks of a document, nested ones too, in the order of the text.
    static func all(_ outline: Outline) -> [TaskItem] {
        var items: [TaskItem] = []
        outline.root.walk { node in
            guard case .item(let isChecked?) = node.kind, node.range.startLine > 0 else { return }
            let line = outline.start(ofLine: node.range.startLine)
            let bytes = outline.document.bytes
            let end = outline.start(ofLine: node.range.startLine + 1)
            let start = min(line + max(0, node.range.startColumn - 1), end)
            guard let bracket = bytes[start..<end].firstIndex(of: UInt8(ascii: "[")), bracket + 2 < end,
                bytes[bracket + 2] == UInt8(ascii: "]"), bytes[bracket + 1].isTick == isChecked
            else { return }
            let paragraph = node.children.first { $0.kind == .paragraph }
            let named = paragraph.map(Self.checks) ?? []
            let bound = Self.isAtEnd(paragraph) ? named : []
            let below = Self.below(node)
            items.append(
                TaskItem(
                    box: bracket + 1,
                    isTicked: isChecked,
                    isCapital: bytes[bracket + 1] == UInt8(ascii: "X"),
                    text: paragraph?.plainText.trimmingBlanks ?? "",
                    checks: bound + below,
                    hasStray: bound.isEmpty && !named.isEmpty
                )
            )
        }
        return items
    }

    /// The ids in comments such as `<!-- assay:check ID -->`, wherever they stand in a paragraph.
    private static func checks(_ paragraph: MarkdownNode) -> [String] {
        paragraph.children.flatMap { node -> [String] in
            guard case .html(let html) = node.kind else { return [] }
            return ids(html) ?? []
        }
    }

    /// Such a comment is the last that stands in a paragraph.
    private static func isAtEnd(_ paragraph: MarkdownNode?) -> Bool {
        let last = paragraph?.children.last { node in
            if case .text(let text) = node.kind { !text.trimmingBlanks.isEmpty } else { node.kind != .softBreak }
        }
        if case .html(let html) = last?.kind { return ids(html) != nil }
        return false
    }

    /// The ids in a comment on a line of its own directly below the task's text.
    private static func below(_ item: MarkdownNode) -> [String] {
        guard item.children.count > 1, item.children[0].kind == .paragraph,
            case .htmlBlock(let html) = item.children[1].kind
        else { return [] }
        return ids(html.trimmingBlanks) ?? []
    }

    private static func ids(_ html: String) -> [String]? {
        guard html.hasPrefix("<!--"), html.hasSuffix("-->"), html.count >= 7 else { return nil }
        let words = html.dropFirst(4).dropLast(3).split { " \t,".contains($0) || $0.isNewline }
        return words.count > 1 && words[0] == "assay:check" ? words.dropFirst().map(String.init) : nil
    }
}

extension UInt8 {
    /// `x` or `X` between the brackets of a task.
    var isTick: Bool { self | 0x20 == UInt8(ascii: "x") }
}
