/// The line of a document that says when it was last updated.
enum LastUpdated {
    /// Brings the line to a date; nil when there is no such line, or it has the date or a later one.
    ///
    /// - Parameter place: where the first entry stands; only what is above it, and the very last block, count.
    static func edit(_ outline: Outline, above place: Int, to date: CalendarDate) -> Edit? {
        for index in outline.blocks.indices {
            let block = outline.blocks[index]
            let isLast = index == outline.blocks.count - 1
            guard block.kind == .text, block.start < place || isLast, outline.place(of: block.start) == block.start
            else {
                continue
            }
            let end = isLast ? outline.document.bytes.count : outline.blocks[index + 1].start
            if let edit = edit(outline.document.bytes, block.start..<end, date) {
                return edit.bytes.isEmpty ? nil : edit
            }
        }
        return nil
    }

    private static func edit(_ bytes: [UInt8], _ range: Range<Int>, _ date: CalendarDate) -> Edit? {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes[start..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? range.upperBound
            let line = bytes[start..<end]
            if let words = Self.end(of: "last updated", in: line), let found = FoundDate.first(in: bytes[words..<end]) {
                let place = (words + found.range.lowerBound)..<(words + found.range.upperBound)
                if found.date >= date { return Edit(range: place, bytes: []) }
                return Edit(range: place, bytes: Array(found.style.text(of: date).utf8))
            }
            start = end + 1
        }
        return nil
    }

    /// The offset behind words in a line, whatever their case; they stand at its beginning, markup aside.
    private static func end(of words: String, in line: ArraySlice<UInt8>) -> Int? {
        let rest = line.drop { !$0.isWordByte }
        let lower = rest.prefix(words.utf8.count).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        return lower.elementsEqual(words.utf8) ? rest.startIndex + words.utf8.count : nil
    }
}
