/// A moment in UTC, to the millisecond.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int

    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// RFC 3339 with milliseconds, such as `2026-11-23T03:15:00.118Z`.
    package var rfc3339: String {
        let c = components
        return "\(c.year.padded(4))-\(c.month.padded(2))-\(c.day.padded(2))T\(c.hour.padded(2)):\(c.minute.padded(2))"
            + ":\(c.second.padded(2)).\(c.millisecond.padded(3))Z"
    }

    /// ISO 8601's basic form to the second, such as `20261123T031500Z`.
    package var basic: String {
        let c = components
        return "\(c.year.padded(4))\(c.month.padded(2))\(c.day.padded(2))"
            + "T\(c.hour.padded(2))\(c.minute.padded(2))\(c.second.padded(2))Z"
    }

    /// Reads RFC 3339 in UTC, with or without a fraction of a second; nil for anything else.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            Int(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        var fraction = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), bytes.count > 21 else { return nil }
            let digits = String(decoding: bytes[20..<(bytes.count - 1)], as: UTF8.self)
            guard let value = Int((digits + "00").prefix(3)), digits.utf8.allSatisfy({ (48...57).contains($0) })
            else { return nil }
            fraction = value
        }
        let days = Self.days(year: year, month: month, day: day)
        milliseconds = ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool {
        a.milliseconds < b.milliseconds
    }

    /// The parts of the date and time of day.
    package struct Components: Sendable, Equatable {
        package var year, month, day, hour, minute, second, millisecond: Int
    }

    /// The date and time of day in UTC.
    package var components: Components {
        let days = milliseconds.flooredQuotient(86_400_000)
        let inDay = milliseconds - days * 86_400_000
        let date = Self.date(days: days)
        return Components(
            year: date.year,
            month: date.month,
            day: date.day,
            hour: inDay / 3_600_000,
            minute: inDay / 60_000 % 60,
            second: inDay / 1000 % 60,
            millisecond: inDay % 1000
        )
    }

    // Both directions after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = y.flooredQuotient(400)
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = z.flooredQuotient(146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int {
    /// The quotient rounded towards negative infinity.
    fileprivate func flooredQuotient(_ divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
