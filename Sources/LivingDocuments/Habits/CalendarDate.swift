import AuditModel

/// A day, in UTC.
struct CalendarDate: Hashable, Comparable {
    var year: Int
    var month: Int
    var day: Int

    init?(year: Int, month: Int, day: Int) {
        guard (1000...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    init(_ time: Timestamp) {
        let components = time.components
        year = components.year
        month = components.month
        day = components.day
    }

    /// The day on which a run began, which its id tells.
    init(_ run: RunID) {
        let digits = run.description.utf8.prefix(8).map { Int($0) - 0x30 }
        year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]
        month = digits[4] * 10 + digits[5]
        day = digits[6] * 10 + digits[7]
    }

    static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    /// The day after, roughly: what somebody ahead of UTC may already write.
    var next: CalendarDate {
        if let next = CalendarDate(year: year, month: month, day: day + 1) { return next }
        return CalendarDate(year: year, month: month + 1, day: 1) ?? CalendarDate(year: year + 1, month: 1, day: 1)
            ?? self
    }

    /// From 0, which is Sunday.
    var weekday: Int {
        // Sakamoto's method: the year begins in March, so that a leap day is its last.
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        return (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
    }

    /// Such as `2026-11-23`.
    var text: String { DateStyle(.yearFirst("-")).text(of: self) }
}
