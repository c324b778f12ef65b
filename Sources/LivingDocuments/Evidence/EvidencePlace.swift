extension Outline {
    /// The end of a section, or where HTML is closed that was opened above its heading, such as `<details>`.
    private func closed(_ section: Range<Int>) -> Int {
        let opened = blocks.filter { $0.start < section.lowerBound }.reduce(0) { $0 + foldDepth($1) }
        guard opened > 0 else { return section.upperBound }
        var depth = 0
        var hasText = false
        for block in blocks where section.contains(block.start) && block.start > section.lowerBound {
            depth += foldDepth(block)
            if depth < 0 { return hasText ? block.start : section.upperBound }
            // A marker directly below a heading names it, and stays there.
            if case .html = block.kind {} else { hasText = true }
        }
        return section.upperBound
    }

    private func foldDepth(_ block: Block) -> Int {
        guard case .html(let html) = block.kind, entry(at: block.start) == nil else { return 0 }
        return HeadingHTML.depth(html)
    }

    /// Where evidence goes in a section: behind its text, before empty lines, a line across the page, and what belongs
    /// to the next heading.
    func evidencePlace(in section: Range<Int>) -> Int {
        let bytes = document.bytes
        var end = closed(section)
        if entries.contains(where: { $0.range.upperBound == end }), let behind = bytes.newlineEnd(after: end) {
            return behind
        }
        var count = blocks.firstIndex { $0.start >= end } ?? blocks.count
        while end < bytes.count, count > 0, blocks[count - 1].start > section.lowerBound, let html = html(count - 1),
            HeadingHTML.belongsBelow(html), !entries.contains(where: { $0.range.contains(blocks[count - 1].start) })
        {
            count -= 1
            end = blocks[count].start
        }
        if count > 0, blocks[count - 1].start > section.lowerBound, blocks[count - 1].kind == .thematicBreak {
            end = blocks[count - 1].start
        }
        // What stands at the end of the document is about all of it.
        if end == bytes.count, let heading = blocks.firstIndex(where: { $0.start >= section.lowerBound }) {
            end = Footer.start(self, from: heading, to: end, hasRules: false)
        }
        var place = bytes.trimmedEnd(end, from: section.lowerBound)
        // Behind code or HTML that is never closed, everything is part of it.
        while let last = blocks.last(where: { $0.start < place }), last.start > section.lowerBound,
            !MarkdownTail.isClosed(bytes[last.start..<place])
        {
            place = last.start
        }
        return place
    }
}
