import CommonMark

/// A task-list item of a document.
struct TaskItem {
    /// The offset of the character between the brackets.
    var box: Int
    var isTicked: Bool
    var text: String
    /// The check that its comment names.
    var check: String?

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
            items.append(
                TaskItem(
                    box: bracket + 1,
                    isTicked: isChecked,
                    text: paragraph?.plainText.trimmingBlanks ?? "",
                    check: paragraph.flatMap(check)
                )
            )
        }
        return items
    }

    /// The id in `<!-- assay:check ID -->` at the end of a paragraph.
    private static func check(_ paragraph: MarkdownNode) -> String? {
        let last = paragraph.children.last { node in
            if case .text(let text) = node.kind { !text.trimmingBlanks.isEmpty } else { node.kind != .softBreak }
        }
        guard case .html(let html) = last?.kind, html.hasPrefix("<!--"), html.hasSuffix("-->") else { return nil }
        let words = html.dropFirst(4).dropLast(3).split { $0 == " " || $0 == "\t" || $0.isNewline }
        return words.count == 2 && words[0] == "assay:check" ? String(words[1]) : nil
    }
}

extension UInt8 {
    /// `x` or `X` between the brackets of a task.
    var isTick: Bool { self | 0x20 == UInt8(ascii: "x") }
}
