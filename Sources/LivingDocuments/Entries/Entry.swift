import AuditModel
import Hashing

/// An entry of assay's in a document.
struct Entry: Sendable {
    var marker: EntryMarker
    /// From the first comment to the end of the last one, without the line end behind it.
    var range: Range<Int>
    /// Nobody has changed the text between the comments since it was written.
    var isUntouched: Bool

    /// The entries whose both comments are there; a comment inside a list, quote or code block is none.
    static func all(in blocks: [Outline.Block], _ document: Document) -> [Entry] {
        var entries: [Entry] = []
        var open: (marker: EntryMarker, start: Int, bodyStart: Int)?
        for block in blocks {
            guard case .html(let html) = block.kind else { continue }
            if let marker = EntryMarker(html: html) {
                open = (marker, block.start, block.end)
            } else if html.trimmingBlanks == EntryMarker.end, let begun = open {
                let digest = digest(of: document.bytes[begun.bodyStart..<block.start])
                let end = document.bytes.newlineStart(before: block.end) ?? block.end
                entries.append(
                    Entry(marker: begun.marker, range: begun.start..<end, isUntouched: digest == begun.marker.digest)
                )
                open = nil
            }
        }
        return entries
    }

    /// The same for all line ends, which version control may change.
    static func digest(of body: some Sequence<UInt8>) -> String {
        let text = body.filter { $0 != 0x0D && $0 != 0x0A }
        return String(SHA256.hex(of: text).prefix(12))
    }
}
