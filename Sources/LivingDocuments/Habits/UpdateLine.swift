import AuditModel

/// A line such as `**Last Updated:** 2025-11-14 10:32 UTC`.
struct UpdateLine {
    private let date: FoundDate
    /// Where the date stands in the document.
    private let range: Range<Int>
    /// The time behind the date.
    private let time: (hour: Int, minute: Int, range: Range<Int>)?
    /// Something else stands behind the date, which would become false.
    private let hasMore: Bool

    /// Nil unless a date follows directly behind the words, markup aside.
    init?(_ bytes: [UInt8], _ line: Range<Int>) {
        let text = bytes[line]
        let rest = text.drop { !$0.isWordByte }
        let lower = rest.prefix(12).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        // Words in code are an example.
        guard !text[..<rest.startIndex].contains(UInt8(ascii: "`")),
            let label = ["last updated", "last update"].first(where: { lower.starts(with: $0.utf8) })
        else { return nil }
        let start = rest.startIndex + label.utf8.count
        guard let date = FoundDate.first(in: bytes[start..<line.upperBound]),
            !String(decoding: bytes[start..<(start + date.range.lowerBound)], as: UTF8.self).hasWords
        else { return nil }
        self.date = date
        range = (start + date.range.lowerBound)..<(start + date.range.upperBound)
        var reader = ByteReader(bytes: Array(bytes[..<line.upperBound]), position: range.upperBound)
        _ = reader.skip(",")
        _ = reader.skip(" ")
        let place = reader.position
        time = reader.time().map { ($0.hour, $0.minute, place..<reader.position) }
        if time == nil { reader.position = range.upperBound } else { _ = reader.skip(" UTC") }
        hasMore = date.hasTime || String(decoding: bytes[reader.position..<line.upperBound], as: UTF8.self).hasWords
    }

    /// Nil when the line is newer, or holds what would become false.
    func edits(to day: CalendarDate, _ moment: Timestamp?) -> [Edit] {
        if hasMore || date.date > day { return [] }
        let date = Edit(range: range, bytes: Array(date.style.text(of: day).utf8))
        guard let time else { return self.date.date < day ? [date] : [] }
        guard let now = moment?.components else { return [] }
        if self.date.date == day, (time.hour, time.minute) >= (now.hour, now.minute) { return [] }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let seconds = time.range.count > 5 ? ":\(two(now.second))" : ""
        return [date, Edit(range: time.range, bytes: Array("\(two(now.hour)):\(two(now.minute))\(seconds)".utf8))]
    }
}
