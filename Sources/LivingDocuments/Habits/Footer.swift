import CommonMark

/// What stands at the end of a document or a section and belongs to no entry.
enum Footer {
    private static let blockLimit = 3
    private static let lengthLimit = 600

    /// The offset at which the text of an entry ends that begins with a block.
    ///
    /// - Parameter hasRules: a line across the page closes each entry, so that it is none of the footer.
    static func start(_ outline: Outline, from first: Int, to end: Int, hasRules: Bool) -> Int {
        let isLast = end == outline.document.bytes.count
        let end = isLast ? definitions(outline) : end
        let range = (first + 1)..<max(first + 1, outline.blocks.firstIndex { $0.start >= end } ?? outline.blocks.count)
        if let rule = rule(outline, in: range), rule > first + 1 || rule + 1 < range.upperBound {
            let isOwn = outline.entry(at: outline.blocks[rule].start) == nil
            if !hasRules { return isOwn ? outline.blocks[rule].start : end }
            let rest = outline.blocks[(rule + 1)..<range.upperBound]
            return rest.first { outline.entry(at: $0.start) == nil }?.start ?? end
        }
        if isLast, let last = range.last, isOnlyUpdate(outline, last) { return outline.blocks[last].start }
        return end
    }

    /// The last line across the page, when nothing but a few lines of text follow it.
    static func rule(_ outline: Outline, in range: Range<Int>) -> Int? {
        guard let rule = range.last(where: { outline.blocks[$0].kind == .thematicBreak }) else { return nil }
        let rest = (rule + 1)..<range.upperBound
        let isShort =
            rest.count <= blockLimit
            && rest.allSatisfy { index in
                if case .html = outline.blocks[index].kind { return true }
                return outline.root.children[index].kind == .paragraph
            }
        let length = rest.reduce(0) { $0 + outline.blocks[$1].end - outline.blocks[$1].start }
        return isShort && length <= lengthLimit ? rule : nil
    }

    /// The block tells when the document was last updated, since no other one does.
    private static func isOnlyUpdate(_ outline: Outline, _ index: Int) -> Bool {
        let all = outline.blocks.indices.filter { LastUpdated.isLine(outline, $0) }
        return all == [index]
    }

    /// Where the definitions of links, which are no blocks, and footnotes begin at the end of the document.
    private static func definitions(_ outline: Outline) -> Int {
        let bytes = outline.document.bytes
        let lines = outline.lines
        let notes = outline.blocks[firstNote(outline)...]
        let floor = outline.blocks[..<notes.startIndex].last?.end ?? 0
        let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        var place = bytes.count
        for line in stride(from: lines.starts.count, through: 1, by: -1) {
            let start = outline.start(ofLine: line)
            guard start >= floor else { break }
            let text = Array(bytes[start..<outline.start(ofLine: line + 1)].drop(while: isBlank))
            if text.isEmpty { continue }
            let isNote = notes.contains { $0.start <= start && start < $0.end }
            guard isNote || isDefinition(text) else { break }
            place = start
        }
        return place
    }

    /// `[name]: address`
    private static func isDefinition(_ line: [UInt8]) -> Bool {
        guard line.first == UInt8(ascii: "["), let close = line.firstRange(of: Array("]:".utf8)) else { return false }
        return line[close.upperBound...].contains { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    /// The first of the blocks at the end that are footnotes, with what is indented below them.
    private static func firstNote(_ outline: Outline) -> Int {
        var first = outline.blocks.count
        var index = first
        while index > 0 {
            index -= 1
            let block = outline.blocks[index]
            let text = outline.document.bytes[block.start..<block.end]
            if block.kind == .text, text.starts(with: "[^".utf8), isDefinition(Array(text)) {
                first = index
            } else if block.kind != .code || !text.starts(with: "    ".utf8) {
                break
            }
        }
        return first
    }
}
