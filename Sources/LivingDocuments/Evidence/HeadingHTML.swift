import CommonMark

/// HTML between an entry's text and the next heading.
enum HeadingHTML {
    private static let withoutEnd: Set<Substring> = ["br", "hr", "wbr", "input", "link", "meta"]

    /// It belongs to the heading below it: comments, anchors, and what is opened for it; not what ends there.
    static func belongsBelow(_ html: String) -> Bool {
        let (depth, isVisible) = scan(html)
        return depth > 0 || depth == 0 && !isVisible
    }

    /// A reader of the page sees nothing of it.
    static func isInvisible(_ html: String) -> Bool { !scan(html).isVisible }

    /// How many elements stay open, below zero when one ends that began elsewhere, and whether there is text or an image.
    private static func scan(_ html: String) -> (depth: Int, isVisible: Bool) {
        var rest = html[...]
        var depth = 0
        var isVisible = false
        while let first = rest.first {
            if rest.hasPrefix("<!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
            } else if rest.hasPrefix("<") {
                let tag = rest.dropFirst().prefix { $0 != ">" }
                rest = rest[tag.endIndex...].dropFirst()
                let name = tag.prefix { $0.isLetter || $0.isNumber }.lowercased()
                if tag.hasPrefix("/") {
                    depth -= 1
                    if depth < 0 { return (depth, true) }
                } else if name == "img" {
                    isVisible = true
                } else if !tag.hasSuffix("/"), !withoutEnd.contains(name[...]) {
                    depth += 1
                }
            } else {
                isVisible = isVisible || !first.isWhitespace
                rest.removeFirst()
            }
        }
        return (depth, isVisible)
    }

    /// How many folds are opened in it, less those that are closed.
    static func depth(_ html: String) -> Int {
        let text = html.lowercased()
        return text.ranges(of: "<details").count - text.ranges(of: "</details").count
    }

    /// A heading as it is written, without the comments in it.
    static func withoutComments(_ source: String) -> String {
        var text = source
        while let start = text.firstRange(of: "<!--"), let end = text[start.upperBound...].firstRange(of: "-->") {
            text.removeSubrange(start.lowerBound..<end.upperBound)
        }
        return text.trimmingBlanks
    }

    /// The names in comments such as `<!-- assay:bug NAME -->`.
    static func names(in html: String) -> [String] {
        var names: [String] = []
        var rest = html[...]
        while let start = rest.firstRange(of: "<!--") {
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "-->") else { break }
            let comment = String(rest[..<end.lowerBound]).trimmingBlanks
            rest = rest[end.upperBound...]
            guard comment.hasPrefix("assay:bug ") else { continue }
            names.append(String(comment.dropFirst(10)).trimmingBlanks)
        }
        return names
    }
}

extension Outline {
    /// The HTML of a block that is nothing else; an anchor such as `<a id="x"></a>` is a paragraph of HTML.
    func html(_ index: Int) -> String? {
        if case .html(let html) = blocks[index].kind { return html }
        let node = root.children[index]
        guard node.kind == .paragraph, !node.children.isEmpty else { return nil }
        var text = ""
        for child in node.children {
            switch child.kind {
            case .html(let html): text += html
            case .softBreak, .lineBreak: text += "\n"
            case .text(let blank) where blank.trimmingBlanks.isEmpty: text += blank
            default: return nil
            }
        }
        return text
    }
}
