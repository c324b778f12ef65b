import AuditModel

extension Outline {
    /// The entries of bugs of which a person removed one of the two comments.
    func halfBugs(_ run: Run, checks: [String]) -> [Entry] {
        var found: [Entry] = []
        var open: (marker: EntryMarker, block: Int)?
        for (index, block) in blocks.enumerated() {
            guard case .html(let html) = block.kind else { continue }
            if let marker = EntryMarker(html: html) {
                if let open { found.append(unclosed(open.marker, open.block, before: index)) }
                open = (marker, index)
            } else if html.trimmingBlanks == EntryMarker.end {
                if open == nil, let entry = unopened(before: index, run, checks) { found.append(entry) }
                open = nil
            }
        }
        if let open { found.append(unclosed(open.marker, open.block, before: blocks.count)) }
        return found.filter { $0.marker.kind == .bug }
    }

    /// An entry without its last comment goes to the last of its parts, or to the next heading.
    private func unclosed(_ marker: EntryMarker, _ first: Int, before limit: Int) -> Entry {
        let digests = Set(marker.parts.map(\.digest))
        var last = first
        var hasTitle = false
        for index in (first + 1)..<max(first + 1, limit) {
            let text = Array(document.bytes[blocks[index].start..<blocks[index].end])
            let isOwn = EntryPart.all(in: text).contains { digests.contains($0.digest) }
            if case .heading = blocks[index].kind {
                if hasTitle, !isOwn { break }
                hasTitle = true
            }
            if isOwn || digests.isEmpty { last = index }
        }
        let end = document.bytes.trimmedEnd(blocks[last].end, from: blocks[first].end)
        let stop = max(blocks[first].end, document.bytes.newlineStart(before: end) ?? end)
        return Entry(marker, blocks[first].start..<stop, body: blocks[first].end..<stop, in: document, isClosed: false)
    }

    /// An entry without its first comment begins with a heading, and names its check, its database and its run.
    private func unopened(before end: Int, _ run: Run, _ checks: [String]) -> Entry? {
        var start = end
        while start > 0 {
            start -= 1
            if case .heading = blocks[start].kind { break }
            if case .html(let html) = blocks[start].kind, html.contains("assay:") { return nil }
        }
        guard case .heading = blocks[start].kind else { return nil }
        let body = blocks[start].start..<blocks[end].start
        let parts = EntryPart.all(in: Array(document.bytes[body]))
        let words = parts.flatMap { $0.said.split { " ,".contains($0) }.map(String.init) }
        guard let check = checks.first(where: { id in parts.contains { $0.said.contains("Check: \(id) ") } }),
            words.contains(run.database.name),
            let known = words.compactMap({ RunID($0) }).max(), known < run.id
        else { return nil }
        var marker = EntryMarker(run: known, kind: .bug, suite: run.suite.name)
        marker.check = check
        let status = parts.lazy.compactMap {
            StatusLine.mark(document.bytes[body][($0.range + body.lowerBound)], isTitle: false)
        }.first
        marker.history = "opened:\(known)" + (status?.meaning == .resolved ? ",resolved:\(known)" : "")
        let stop = document.bytes.newlineStart(before: blocks[end].end) ?? blocks[end].end
        return Entry(marker, body.lowerBound..<stop, body: body, in: document)
    }
}

extension Range<Int> {
    static func + (range: Range, offset: Int) -> Range { (range.lowerBound + offset)..<(range.upperBound + offset) }
}
