extension Outline {
    /// Puts entries between two blocks, with empty lines around them; the first one comes first.
    func insertion(of entries: [EntryText], at place: Int) -> Edit {
        let bytes = document.bytes
        let offset = closedPlace(place)
        var text: [UInt8] = []
        let lead = lead(at: offset)
        let isLast = offset == bytes.count
        let hasSpaceBehind = isLast || bytes.newlineEnd(after: offset) != nil
        let newline = document.newline
        text += newline.apply(to: String(repeating: "\n", count: lead))
        for (index, entry) in entries.enumerated() {
            var entry = entry
            let isFinal = index == entries.count - 1
            entry.marker.lead = index == 0 ? lead : 0
            entry.marker.tail = isFinal && hasSpaceBehind ? 0 : 1
            text += newline.apply(to: entry.text)
            // A document without a line end at its end stays one.
            let endsLine = !isFinal || !isLast || document.isEmpty || bytes.newlineStart(before: offset) != nil
            if endsLine { text += newline.apply(to: "\n") }
            if entry.marker.tail == 1 { text += newline.apply(to: "\n") }
        }
        return Edit(range: offset..<offset, bytes: text)
    }

    /// The entry's text in place of an older one.
    func replacement(of old: Entry, with entry: EntryText) -> Edit {
        var entry = entry
        entry.marker.lead = old.marker.lead
        entry.marker.tail = old.marker.tail
        return Edit(range: old.range, bytes: document.newline.apply(to: entry.text))
    }

    /// An entry with the line ends that came with it.
    func whole(_ entry: Entry) -> Range<Int> {
        let bytes = document.bytes
        let before = entries.last { $0.range.upperBound <= entry.range.lowerBound }.map(end) ?? 0
        var start = entry.range.lowerBound
        for _ in 0..<entry.marker.lead { start = bytes.newlineStart(before: start) ?? start }
        return max(before, start)..<end(of: entry)
    }

    private func end(of entry: Entry) -> Int {
        let bytes = document.bytes
        let end = bytes.newlineEnd(after: entry.range.upperBound) ?? entry.range.upperBound
        return entry.marker.tail > 0 ? bytes.newlineEnd(after: end) ?? end : end
    }

    /// How many line ends make an empty line before an entry.
    private func lead(at offset: Int) -> Int {
        let bytes = document.bytes
        if offset <= document.bodyStart, document.bodyStart <= 3 { return 0 }
        guard let lineEnd = bytes.newlineStart(before: offset) else { return 2 }
        var start = lineEnd
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        return start == 0 || bytes.newlineStart(before: start) != nil ? 0 : 1
    }

    /// The place, or the one before a code block or HTML that is never closed, and would swallow an entry behind it.
    private func closedPlace(_ place: Int) -> Int {
        let bytes = document.bytes
        // An empty line closes what can be closed, and stands there but at the end.
        guard place == bytes.count || lead(at: place) > 0, let last = blocks.last(where: { $0.start < place }) else {
            return place
        }
        if MarkdownTail.isClosed(bytes[last.start..<place]) { return place }
        // What is never closed stays with the entry that it is part of.
        let heading = headings.last { blocks[$0.index].start < last.start && entry(at: blocks[$0.index].start) == nil }
        guard let heading, heading.index != title?.index, EntrySigns.begin(heading.heading) else { return last.start }
        return blocks[start(ofHeading: heading.index)].start
    }
}

extension Document {
    /// The document without the entries of assay's, and without the empty lines that came with them.
    package func removingEntries() -> Document {
        var bytes = bytes
        var removed = 0
        // From the top, where the newest is: each finds the line ends that stood around it when it came.
        for entry in Outline(self).entries {
            var start = entry.range.lowerBound - removed
            var end = entry.range.upperBound - removed
            end = bytes.newlineEnd(after: end) ?? end
            if entry.marker.tail > 0 { end = bytes.newlineEnd(after: end) ?? end }
            for _ in 0..<entry.marker.lead { start = bytes.newlineStart(before: start) ?? start }
            bytes.removeSubrange(start..<end)
            removed += end - start
        }
        return Document(valid: bytes)
    }
}
