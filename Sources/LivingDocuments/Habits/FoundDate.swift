/// A date in a text.
struct FoundDate {
    var date: CalendarDate
    var style: DateStyle
    /// Offsets in the bytes that were searched, with the name of the day before and a time in ISO form behind.
    var range: Range<Int>
    /// A time such as `T09:30Z` belongs to it.
    var hasTime = false

    /// Finds the first date of a text.
    ///
    /// - Parameter isDayFirst: how `05/11/2025` is meant; nil when that is not known.
    static func first(in text: some Collection<UInt8>, isDayFirst: Bool? = nil) -> FoundDate? {
        let bytes = Array(text)
        for start in bytes.indices where canBegin(bytes[start]) && (start == 0 || !bytes[start - 1].isWordByte) {
            guard let found = found(ByteReader(bytes: bytes, position: start), isDayFirst) else { continue }
            // No part of a longer number or word.
            if found.range.upperBound == bytes.count || !bytes[found.range.upperBound].isWordByte { return found }
        }
        return nil
    }

    /// Most words are no date's by their first letter.
    private static func canBegin(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || "ADFJMNOSTW".utf8.contains(byte)
    }

    private static func found(_ start: ByteReader, _ isDayFirst: Bool?) -> FoundDate? {
        var reader = start
        var weekday: DateStyle.Weekday?
        if let name = reader.name(of: DateStyle.weekdays) {
            guard let separator = [", ", " "].first(where: { reader.skip($0) }) else { return nil }
            weekday = DateStyle.Weekday(isShort: name.isShort, separator: separator)
        }
        let forms: [(inout ByteReader) -> Found?] = [
            yearFirst, dotted, { slashed(&$0, isDayFirst) }, monthFirst, dayFirst,
        ]
        for form in forms {
            var rest = reader
            guard let (date, form) = form(&rest) else { continue }
            let end = rest.position
            let hasTime = rest.skip("T") && rest.time() != nil
            if hasTime { skipZone(&rest) } else { rest.position = end }
            let style = DateStyle(form, weekday: weekday)
            return FoundDate(date: date, style: style, range: start.position..<rest.position, hasTime: hasTime)
        }
        return nil
    }

    private static func skipZone(_ reader: inout ByteReader) {
        if reader.skip("Z") { return }
        let start = reader.position
        guard reader.skip("+") || reader.skip("-"), reader.number(2) != nil else { return reader.position = start }
        _ = reader.skip(":")
        if reader.number(2) == nil { reader.position = start }
    }

    private typealias Found = (CalendarDate, DateStyle.Form)

    private static func yearFirst(_ reader: inout ByteReader) -> Found? {
        guard let year = reader.number(4), let separator = ["-", "/", "."].first(where: { reader.skip($0) }),
            let month = reader.number(2), reader.skip(separator), let day = reader.number(2)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day).map { ($0, .yearFirst(Character(separator))) }
    }

    private static func dotted(_ reader: inout ByteReader) -> Found? {
        guard let day = reader.number(2), reader.skip("."), let month = reader.number(2), reader.skip("."),
            let year = reader.number(4)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day).map { ($0, .dotted) }
    }

    /// Either number can be the day: a date only where one of them can be no month, or the order is known.
    private static func slashed(_ reader: inout ByteReader, _ isDayFirst: Bool?) -> Found? {
        guard let first = reader.number(2), reader.skip("/"), let second = reader.number(2), reader.skip("/"),
            let year = reader.number(4), let isDayFirst = first > 12 ? true : second > 12 ? false : isDayFirst
        else { return nil }
        let (day, month) = isDayFirst ? (first, second) : (second, first)
        return CalendarDate(year: year, month: month, day: day).map { ($0, .slashed(isDayFirst: isDayFirst)) }
    }

    private static func monthFirst(_ reader: inout ByteReader) -> Found? {
        guard let month = reader.name(of: DateStyle.months), reader.skip(" "), let day = reader.shortNumber() else {
            return nil
        }
        let mark: DateStyle.DayMark = skipOrdinal(&reader) ? .ordinal : .none
        guard reader.skip(", "), let year = reader.number(4) else { return nil }
        return CalendarDate(year: year, month: month.index + 1, day: day)
            .map { ($0, .monthFirst(isShort: month.isShort, mark)) }
    }

    private static func dayFirst(_ reader: inout ByteReader) -> Found? {
        guard let day = reader.shortNumber() else { return nil }
        let mark: DateStyle.DayMark = skipOrdinal(&reader) ? .ordinal : reader.skip(".") ? .dot : .none
        guard reader.skip(" "), let month = reader.name(of: DateStyle.months), reader.skip(" "),
            let year = reader.number(4)
        else { return nil }
        return CalendarDate(year: year, month: month.index + 1, day: day)
            .map { ($0, .dayFirst(isShort: month.isShort, mark)) }
    }

    private static func skipOrdinal(_ reader: inout ByteReader) -> Bool {
        ["st", "nd", "rd", "th"].contains { reader.skip($0) }
    }
}
