import CommonMark

/// An entry that is to be written.
struct EntryText {
    var marker: EntryMarker
    /// Markdown with `\n` at the end of each line.
    let body: String

    /// - Parameters:
    ///   - body: what a template made; it must leave nothing open that would swallow what stands behind it.
    ///   - form: how the document's entries look.
    init(_ marker: EntryMarker, body: String, form: EntryForm? = nil) throws(DocumentError) {
        var lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        while let last = lines.last, String(last).trimmingBlanks.isEmpty { lines.removeLast() }
        let first = lines.firstIndex { !String($0).trimmingBlanks.isEmpty } ?? lines.endIndex
        // Sections that show nothing leave empty lines behind.
        var text: [Substring] = []
        for line in lines[first...] where !line.isEmpty || text.last?.isEmpty == false { text.append(line) }
        let joined = text.joined(separator: "\n")
        self.body = form?.shaped(joined) ?? joined
        self.marker = marker
        self.marker.digest = Entry.digest(of: self.body.utf8)
        let blocks = MarkdownDocument(self.text).root.children
        let marks = blocks.indices.filter { index in
            guard case .htmlBlock(let html) = blocks[index].kind else { return false }
            return EntryMarker(html: html) != nil || html.trimmingBlanks == EntryMarker.end
        }
        guard marks == [0, blocks.count - 1], blocks.count > 2 else {
            throw DocumentError(
                .template,
                "the template of an entry of the kind `\(marker.kind.rawValue)` makes a text that is empty, or that leaves a code "
                    + "block or HTML open; compare it with the shipped one"
            )
        }
    }

    var text: String {
        "\(marker.text)\n\n\(body)\n\n\(EntryMarker.end)"
    }
}
