import AuditModel
import Hashing

/// An entry of assay's in a document.
struct Entry: Sendable {
    var marker: EntryMarker
    /// From the first comment to the end of the last one, without the line end behind it.
    var range: Range<Int>
    /// Between the comments.
    var body: Range<Int>
    /// The text between the comments.
    let text: [UInt8]
    /// The last comment is there.
    var isClosed = true

    init(_ marker: EntryMarker, _ range: Range<Int>, body: Range<Int>, in document: Document, isClosed: Bool = true) {
        self.marker = marker
        self.range = range
        self.body = body
        self.isClosed = isClosed
        text = Array(document.bytes[body])
    }

    /// The text between the comments says what assay wrote, whatever a formatter made of it.
    var isUntouched: Bool {
        Self.digest(of: text) == marker.digest || Self.digest(ofBytes: text) == marker.digest
    }

    /// The entries whose both comments are there; a comment inside a list, quote or code block is none.
    static func all(in blocks: [Outline.Block], _ document: Document) -> [Entry] {
        var entries: [Entry] = []
        var open: (marker: EntryMarker, start: Int, bodyStart: Int)?
        for block in blocks {
            guard case .html(let html) = block.kind else { continue }
            if let marker = EntryMarker(html: html) {
                open = (marker, block.start, block.end)
            } else if html.trimmingBlanks == EntryMarker.end, let begun = open {
                let end = document.bytes.newlineStart(before: block.end) ?? block.end
                entries.append(
                    Entry(begun.marker, begun.start..<end, body: begun.bodyStart..<block.start, in: document)
                )
                open = nil
            }
        }
        return entries
    }

    /// Of what a text says.
    static func digest(of body: some Sequence<UInt8>) -> String {
        SaidText.digest(EntryPart.all(in: Array(body)).map(\.said).joined(separator: " "), length: 12)
    }

    /// Of a text's bytes but for line ends, as version 0.1.0 knew an entry.
    static func digest(ofBytes body: some Sequence<UInt8>) -> String {
        let text = body.filter { $0 != 0x0D && $0 != 0x0A }
        return String(SHA256.hex(of: text).prefix(12))
    }
}
