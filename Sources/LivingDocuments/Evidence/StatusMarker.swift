/// The words that say how a bug stands, such as `🔴 OPEN` or `⏳ In progress`.
struct StatusMarker {
    /// Longer ones first, since the first that fits is taken.
    private static let words = [
        "fix in progress", "under investigation", "in progress", "in review", "not fixed", "investigating",
        "unresolved",
        "regressed", "reopened", "confirmed", "blocked", "pending", "ongoing", "active", "unfixed", "open", "new",
        "todo", "wip",
    ]
    private static let signs = [
        "🔴", "🟠", "🟡", "🔵", "⏳", "⌛", "🚧", "🔁", "🔄", "❌", "❗", "🆕", "🛠️", "🛠", "⚠️", "⚠", "🔥", "🐛", "🔍",
    ]

    let outline: Outline

    init(_ outline: Outline) {
        self.outline = outline
    }

    /// The edits that make an entry say resolved: in its heading, and in the first line that tells its status.
    func resolving(_ index: Int, in section: Range<Int>) -> [Edit] {
        let bytes = outline.document.bytes
        let heading = outline.blocks[index]
        let headingEnd = lineEnd(heading.start)
        var edits: [Edit] = []
        if let edit = edit(heading.start..<headingEnd, isHeading: true) { edits.append(edit) }
        let blocks = outline.blocks[(index + 1)...].prefix { $0.start < section.upperBound }
        for (offset, block) in blocks.enumerated() {
            if case .heading = block.kind { break }
            guard block.kind == .text || block.kind == .table,
                !outline.entries.contains(where: { $0.range.contains(block.start) })
            else { continue }
            let next = index + 2 + offset
            let end = min(next < outline.blocks.count ? outline.blocks[next].start : bytes.count, section.upperBound)
            var start = block.start
            while start < end {
                let stop = min(lineEnd(start), end)
                if let edit = edit(start..<stop, isHeading: false) { return edits + [edit] }
                start = stop + 1
            }
        }
        return edits
    }

    private func lineEnd(_ start: Int) -> Int {
        let bytes = outline.document.bytes
        return bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    }

    /// A heading's marker is a sign with or without words, or words in brackets; in a text, what follows `Status:`, or a
    /// sign with words.
    private func edit(_ line: Range<Int>, isHeading: Bool) -> Edit? {
        let text = Array(outline.document.bytes[line])
        let lower = text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        let status = isHeading ? nil : lower.firstRange(of: Array("status".utf8))
        for start in text.indices where start >= (status?.upperBound ?? 0) {
            var position = start
            var sign: String?
            for candidate in Self.signs where text[start...].starts(with: candidate.utf8) {
                sign = candidate
                position += candidate.utf8.count
                break
            }
            if sign != nil { while position < text.count, text[position] == 0x20 { position += 1 } }
            // Markup may stand between the sign and the words.
            let word = Self.words.first { word in
                lower[position...].starts(with: word.utf8)
                    && (position + word.utf8.count == text.count || !lower[position + word.utf8.count].isWordByte)
                    && (position == 0 || !lower[position - 1].isWordByte)
            }
            let isBracketed = start > 0 && text[start - 1] == UInt8(ascii: "[")
            guard sign != nil && (word != nil || isHeading) || word != nil && (status != nil || isBracketed) else {
                continue
            }
            var end = position
            if let word {
                end += word.utf8.count
            } else if sign != nil {
                while end > start, text[end - 1] == 0x20 { end -= 1 }
            }
            let old = word.map { text[position..<(position + $0.utf8.count)] } ?? []
            return Edit(
                range: (line.lowerBound + start)..<(line.lowerBound + end),
                bytes: Array(resolved(like: old, hasSign: sign != nil, isBare: word == nil).utf8)
            )
        }
        return nil
    }

    /// In the letters of the old words, with a sign where there was one or the document has it elsewhere.
    private func resolved(like old: ArraySlice<UInt8>, hasSign: Bool, isBare: Bool) -> String {
        if isBare { return "✅" }
        let isUpper = old.allSatisfy { !($0 >= 0x61 && $0 <= 0x7A) }
        let isCapital = old.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? true
        let word = isUpper ? "RESOLVED" : isCapital ? "Resolved" : "resolved"
        return hasSign || outline.document.bytes.firstRange(of: Array("✅".utf8)) != nil ? "✅ \(word)" : word
    }
}
