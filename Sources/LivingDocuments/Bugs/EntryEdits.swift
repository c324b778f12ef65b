import AuditModel

/// Edits of an entry that stays where it is.
struct EntryEdits {
    let entry: Entry
    let document: Document

    /// The entry with another marker, and with edits of its text.
    func changing(_ marker: EntryMarker, _ edits: [Edit] = []) -> [Edit] {
        var marker = marker
        marker.lead = entry.marker.lead
        marker.tail = entry.marker.tail
        let comment = entry.range.lowerBound..<entry.body.lowerBound
        let bytes = document.bytes
        var result = edits.map { Edit(range: $0.range + entry.body.lowerBound, bytes: $0.bytes) }
        if comment.isEmpty {
            result.append(Edit(range: comment, bytes: document.newline.apply(to: marker.text + "\n\n")))
        } else {
            let end = bytes.newlineStart(before: comment.upperBound) ?? comment.upperBound
            result.append(Edit(range: comment.lowerBound..<end, bytes: document.newline.apply(to: marker.text)))
        }
        if !entry.isClosed {
            let end = entry.range.upperBound
            result.append(Edit(range: end..<end, bytes: document.newline.apply(to: "\n\n\(EntryMarker.end)")))
        }
        return result
    }

    /// The entry as one that is not kept any more, with a line that says so below its title.
    func closing(in run: Run) -> [Edit] {
        var marker = entry.marker
        marker.goesOn = run.id
        if marker.database == nil {
            marker.database = run.database.name
            marker.cluster = run.database.systemIdentifier
        }
        let parts = EntryPart.all(in: entry.text)
        var edits: [Edit] = []
        for (index, part) in parts.enumerated() {
            let text = entry.text[part.range]
            guard let mark = StatusLine.mark(text, isTitle: index == 0), mark.meaning == .open else { continue }
            edits += StatusLine.edits(mark, in: text, "➡️", "MOVED")
        }
        if let title = parts.first {
            let line =
                "**Goes on in** the other entry of the check `\(entry.marker.check ?? "")`, from "
                + "\(CalendarDate(run.startedAt).text) on. This one is not kept any more."
            let indent = String(repeating: " ", count: title.indent)
            let place = title.range.upperBound
            let isTight = document.bytes.newlineEnd(after: entry.body.lowerBound + place).map {
                document.bytes.newlineEnd(after: $0) == nil
            }
            edits.append(
                Edit(
                    range: place..<place,
                    bytes: document.newline.apply(to: "\n\n\(indent)\(line)" + (isTight == true ? "\n" : ""))
                )
            )
        }
        return changing(marker, edits)
    }
}
