import CommonMark

/// What stands directly below a heading, above the next one.
struct HeadingBody {
    /// Nothing but lines across the page, comments and assay's entries.
    let isBare: Bool
    /// Nothing but links into the document.
    let isNavigation: Bool
    /// The labels of its first lines, such as `status`.
    let labels: Set<String>
    /// The date of its first line, or behind a label.
    let date: CalendarDate?
    /// The first line is a date and nothing else.
    let isStamped: Bool

    private static let lineLimit = 8

    init(_ outline: Outline, of index: Int, to end: Int, _ dates: DateSearch) {
        let own = (index + 1)..<max(index + 1, end)
        let blocks = own.filter { position in
            if outline.entry(at: outline.blocks[position].start) != nil { return false }
            switch outline.blocks[position].kind {
            case .thematicBreak: return false
            case .html(let html): return !HeadingHTML.isInvisible(html)
            default: return true
            }
        }
        isBare = blocks.isEmpty
        isNavigation = !blocks.isEmpty && blocks.allSatisfy { Navigation.isOnlyLinks(outline.root.children[$0]) }
        var labels: Set<String> = []
        var date: CalendarDate?
        let lines = blocks.prefix(2).flatMap { outline.textLines(ofBlock: $0) }.prefix(Self.lineLimit)
        for (number, line) in lines.enumerated() {
            let label = LabelledLine(line)
            if let label { labels.insert(label.label) }
            guard date == nil, let found = dates.first(in: line.utf8.prefix(120)) else { continue }
            let before = String(decoding: line.utf8.prefix(found.range.lowerBound), as: UTF8.self)
            if label != nil || number == 0 && !before.hasWords { date = found.date }
        }
        let first = lines.first.flatMap { line in dates.first(in: line.utf8).map { (Array(line.utf8), $0.range) } }
        isStamped = first.map { text, range in
            !String(decoding: text[..<range.lowerBound] + text[range.upperBound...], as: UTF8.self).hasWords
        } ?? false
        self.labels = labels
        self.date = date
    }
}

/// A line such as `**Status:** open`.
struct LabelledLine {
    /// In lower case, without markup.
    let label: String

    /// Nil unless a colon stands behind at most four words.
    init?(_ line: String) {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let before = line[..<colon]
        guard before.count <= 40, !before.contains("`"), !before.contains(where: \.isNumber) else { return nil }
        let words = before.split { !$0.isLetter }
        guard (1...4).contains(words.count) else { return nil }
        label = words.map { $0.lowercased() }.joined(separator: " ")
    }
}

/// Lists of links into their own document.
enum Navigation {
    /// Each item of a list, or all of a paragraph, is a link to an anchor.
    static func isOnlyLinks(_ node: MarkdownNode) -> Bool {
        switch node.kind {
        case .list:
            return node.children.allSatisfy { item in
                !item.children.isEmpty
                    && item.children.allSatisfy { child in
                        if case .list = child.kind { return isOnlyLinks(child) }
                        return !anchors(in: child).isEmpty
                    }
            }
        case .paragraph:
            return node.children.allSatisfy { child in
                if case .link(let url, _) = child.kind { return url.hasPrefix("#") }
                return !child.plainText.hasWords
            } && !anchors(in: node).isEmpty
        default: return false
        }
    }

    /// The anchors to which links lead, without `#`.
    static func anchors(in node: MarkdownNode) -> [String] {
        var anchors: [String] = []
        node.walk { inner in
            if case .link(let url, _) = inner.kind, url.hasPrefix("#") { anchors.append(String(url.dropFirst())) }
        }
        return anchors
    }
}

extension Outline {
    /// The lines of a paragraph, or of the first paragraphs in a list's items, without list marks.
    func textLines(ofBlock index: Int) -> [String] {
        let node = root.children[index]
        switch node.kind {
        case .paragraph: return textLines(of: node)
        case .list:
            return node.children.compactMap(\.children.first).filter { $0.kind == .paragraph }.flatMap { textLines(of: $0) }
        default: return []
        }
    }

    /// The lines of a paragraph as they are written.
    func textLines(of node: MarkdownNode) -> [String] {
        guard node.range.startLine > 0, node.range.endLine >= node.range.startLine else { return [] }
        return (node.range.startLine...node.range.endLine).map { line in
            let column = line == node.range.startLine ? max(0, node.range.startColumn - 1) : 0
            let start = self.start(ofLine: line) + column
            let end = self.start(ofLine: line + 1)
            let text = document.bytes[min(start, end)..<end]
            return String(decoding: text, as: UTF8.self).trimmingBlanks
        }
    }
}
