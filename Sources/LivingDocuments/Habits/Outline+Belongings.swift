import CommonMark

extension Outline {
    /// The first block of what belongs to a heading: a comment or an anchor directly above it, or all of assay's entry.
    func start(ofHeading index: Int) -> Int {
        var start = index
        if let entry = entry(at: blocks[index].start) {
            while start > 0, blocks[start - 1].start >= entry.range.lowerBound { start -= 1 }
        } else {
            while start > 0, belongs(start - 1, to: start) { start -= 1 }
        }
        return start
    }

    private func belongs(_ index: Int, to next: Int) -> Bool {
        let gap = document.bytes[blocks[index].end..<max(blocks[index].end, blocks[next].start)]
        // A definition of a link stands between.
        guard gap.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }), entry(at: blocks[index].start) == nil else {
            return false
        }
        let isTouching = gap.isEmpty
        switch blocks[index].kind {
        case .html(let html):
            let html = html.trimmingBlanks
            if !html.hasPrefix("<!--") { return Self.isOpen(html) }
            return html != EntryMarker.end && (isTouching || !Self.isAboutAll(html))
        case .text:
            if root.children[index].isAnchor { return true }
            return isTouching && document.bytes[blocks[index].start...].starts(with: "<<<<<<< ".utf8)
        default: return false
        }
    }

    /// HTML such as `<details>` that is closed below the heading.
    private static func isOpen(_ html: String) -> Bool {
        let name = html.dropFirst().prefix { $0.isLetter }.lowercased()
        return !name.isEmpty && !["img", "br", "hr"].contains(name) && !html.lowercased().contains("</\(name)")
    }

    /// A comment to those who write entries, or to a program, that stands above all of them.
    private static func isAboutAll(_ comment: String) -> Bool {
        if comment.hasPrefix("<!-- assay:") { return false }
        if comment.contains("\n") { return true }
        let words = comment.lowercased().split { !$0.isLetter }
        let telling: Set<Substring> = [
            "below", "newest", "latest", "new", "here", "insert", "begin", "start", "starts", "toc", "tocstop",
            "doctoc",
            "markdownlint", "prettier",
        ]
        return !telling.isDisjoint(with: words)
    }
}

extension MarkdownNode {
    /// A paragraph of HTML alone, such as `<a id="s157"></a>`.
    fileprivate var isAnchor: Bool {
        guard kind == .paragraph, !children.isEmpty else { return false }
        return children.allSatisfy { child in
            if case .html = child.kind {
                true
            } else {
                child.plainText.trimmingBlanks.isEmpty && child.kind != .lineBreak
            }
        }
    }
}
