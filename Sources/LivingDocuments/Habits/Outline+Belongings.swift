import CommonMark

extension Outline {
    /// The first block of what belongs to a heading: a comment or an anchor directly above it, or all of assay's entry.
    func start(ofHeading index: Int) -> Int {
        if let entry = entry(at: blocks[index].start) {
            return blocks.firstIndex { $0.start >= entry.range.lowerBound } ?? index
        }
        var start = index
        while start > 0, belongs(start - 1, to: start) { start -= 1 }
        return start
    }

    private func belongs(_ index: Int, to next: Int) -> Bool {
        let gap = document.bytes[blocks[index].end..<max(blocks[index].end, blocks[next].start)]
        // A definition of a link stands between.
        guard gap.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }), entry(at: blocks[index].start) == nil else {
            return false
        }
        let isTouching = gap.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        switch blocks[index].kind {
        case .html(let html):
            let html = html.trimmingBlanks
            // What is closed here was opened above.
            if html.hasPrefix("</") || html == EntryMarker.end { return false }
            return isTouching || !Self.isAboutAll(html)
        case .text:
            if root.children[index].isAnchor { return true }
            let line = document.bytes[blocks[index].start...].prefix { $0 != 0x0A && $0 != 0x0D }
            return isTouching && line.starts(with: "<<<<<<< ".utf8)
        default: return false
        }
    }

    /// A comment to those who write entries, or to a program, that stands above all of them.
    private static func isAboutAll(_ comment: String) -> Bool {
        let text = comment.lowercased()
        return ["below", "newest", "add new", "new entries", "markdownlint", "prettier", "toc"].contains {
            text.contains($0)
        }
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
