extension Outline {
    /// Where evidence goes in a section: behind its text, before empty lines, a line across the page, and what belongs
    /// to the next heading.
    func evidencePlace(in section: Range<Int>) -> Int {
        let bytes = document.bytes
        var end = section.upperBound
        if entries.contains(where: { $0.range.upperBound == end }), let behind = bytes.newlineEnd(after: end) {
            return behind
        }
        var rest = blocks[..<(blocks.firstIndex { $0.start >= end } ?? blocks.count)]
        while end < bytes.count, let last = rest.last, case .html(let html) = last.kind,
            HeadingHTML.belongsBelow(html), !entries.contains(where: { $0.range.contains(last.start) })
        {
            end = last.start
            rest.removeLast()
        }
        if let last = rest.last, last.start > section.lowerBound, last.kind == .thematicBreak { end = last.start }
        let place = bytes.trimmedEnd(end, from: section.lowerBound)
        // Behind code or HTML that is never closed, everything is part of it.
        guard let last = blocks.last(where: { $0.start < place }), last.start > section.lowerBound,
            !MarkdownTail.isClosed(bytes[last.start..<place])
        else { return place }
        return last.start
    }
}
