/// A date in a text.
struct FoundDate {
    var date: CalendarDate
    var style: DateStyle
    /// Offsets in the bytes that were searched.
    var range: Range<Int>

    /// Finds the first date of a text.
    static func first(in text: some Collection<UInt8>) -> FoundDate? {
        let bytes = Array(text)
        for start in bytes.indices where bytes[start].isWordByte && (start == 0 || !bytes[start - 1].isWordByte) {
            let found = yearFirst(bytes, start) ?? dotted(bytes, start) ?? named(bytes, start)
            // No part of a longer number or word.
            if let found, found.range.upperBound == bytes.count || !bytes[found.range.upperBound].isWordByte {
                return found
            }
        }
        return nil
    }

    private static func yearFirst(_ bytes: [UInt8], _ start: Int) -> FoundDate? {
        guard start + 10 <= bytes.count, let year = number(bytes, start, 4), let month = number(bytes, start + 5, 2),
            let day = number(bytes, start + 8, 2), let date = CalendarDate(year: year, month: month, day: day),
            bytes[start + 4] == bytes[start + 7], "-/.".utf8.contains(bytes[start + 4])
        else { return nil }
        let separator = Character(Unicode.Scalar(bytes[start + 4]))
        return FoundDate(date: date, style: .yearFirst(separator), range: start..<(start + 10))
    }

    private static func dotted(_ bytes: [UInt8], _ start: Int) -> FoundDate? {
        guard start + 10 <= bytes.count, let day = number(bytes, start, 2), let month = number(bytes, start + 3, 2),
            let year = number(bytes, start + 6, 4), let date = CalendarDate(year: year, month: month, day: day),
            bytes[start + 2] == UInt8(ascii: "."), bytes[start + 5] == UInt8(ascii: ".")
        else { return nil }
        return FoundDate(date: date, style: .dotted, range: start..<(start + 10))
    }

    private static func named(_ bytes: [UInt8], _ start: Int) -> FoundDate? {
        var position = start
        if let month = month(bytes, &position) {
            // `November 23, 2026`
            guard skipBlank(bytes, &position), let day = shortNumber(bytes, &position), position < bytes.count,
                bytes[position] == UInt8(ascii: ",")
            else { return nil }
            position += 1
            guard skipBlank(bytes, &position), let year = number(bytes, position, 4),
                let date = CalendarDate(year: year, month: month.number, day: day)
            else { return nil }
            return FoundDate(date: date, style: .monthFirst(isShort: month.isShort), range: start..<(position + 4))
        }
        // `23 November 2026`
        guard let day = shortNumber(bytes, &position), skipBlank(bytes, &position),
            let month = month(bytes, &position), skipBlank(bytes, &position), let year = number(bytes, position, 4),
            let date = CalendarDate(year: year, month: month.number, day: day)
        else { return nil }
        return FoundDate(date: date, style: .dayFirst(isShort: month.isShort), range: start..<(position + 4))
    }

    private static func month(_ bytes: [UInt8], _ position: inout Int) -> (number: Int, isShort: Bool)? {
        for (index, name) in DateStyle.months.enumerated() {
            for text in [name[...], name.prefix(3)] where bytes[position...].starts(with: text.utf8) {
                position += text.utf8.count
                return (index + 1, text.count < name.count)
            }
        }
        return nil
    }

    private static func skipBlank(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        guard position < bytes.count, bytes[position] == 0x20 else { return false }
        position += 1
        return true
    }

    private static func shortNumber(_ bytes: [UInt8], _ position: inout Int) -> Int? {
        for length in [2, 1] {
            guard let value = number(bytes, position, length) else { continue }
            position += length
            return value
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ length: Int) -> Int? {
        guard start + length <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[start..<(start + length)] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte) - 0x30
        }
        return value
    }
}

extension UInt8 {
    /// A letter or digit, or part of a character beyond ASCII.
    var isWordByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
