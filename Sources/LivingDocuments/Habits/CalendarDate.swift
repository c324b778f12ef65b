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

    static let distantPast = CalendarDate(dayNumber: 0)

    static func < (a: CalendarDate, b: CalendarDate) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    /// The day after, roughly: what somebody ahead of UTC may already write.
    var next: CalendarDate {
        if let next = CalendarDate(year: year, month: month, day: day + 1) { return next }
        return CalendarDate(year: year, month: month + 1, day: 1) ?? CalendarDate(year: year + 1, month: 1, day: 1)
            ?? self
    }

    /// Some days later, or earlier.
    func adding(_ days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) }

    /// From 0, which is Sunday.
    var weekday: Int {
        // Sakamoto's method: the year begins in March, so that a leap day is its last.
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        return (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
    }

    /// Such as `2026-11-23`.
    var text: String { DateStyle.iso.text(of: self) }
}

extension CalendarDate {
    /// The Monday of a week by ISO 8601, or another day of it, from 1.
    init?(isoYear: Int, week: Int, day: Int) {
        guard (1...53).contains(week), let fourth = CalendarDate(year: isoYear, month: 1, day: 4) else { return nil }
        // The fourth of January is always in the first week.
        let monday = fourth.dayNumber - (fourth.weekday + 6) % 7
        self.init(dayNumber: monday + (week - 1) * 7 + day - 1)
        if isoWeek.year != isoYear { return nil }
    }

    /// The week by ISO 8601, and the year to which it belongs: that of its Thursday.
    var isoWeek: (year: Int, week: Int) {
        let thursday = adding(3 - (weekday + 6) % 7)
        let first = CalendarDate(dayNumber: thursday.dayNumber - thursday.dayOfYear)
        return (thursday.year, (thursday.dayNumber - first.dayNumber) / 7 + 1)
    }

    /// From 0.
    private var dayOfYear: Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return before[month - 1] + day - 1 + (isLeap && month > 2 ? 1 : 0)
    }

    /// Days since 1 January of the year 0.
    private var dayNumber: Int {
        let past = year - 1
        return year * 365 + past / 4 - past / 100 + past / 400 + dayOfYear
    }

    private init(dayNumber: Int) {
        var year = dayNumber / 366
        let start = { (year: Int) in year * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 }
        while start(year + 1) <= dayNumber { year += 1 }
        var rest = dayNumber - start(year)
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        var month = 1
        for length in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
            if rest < length { break }
            rest -= length
            month += 1
        }
        self.year = year
        self.month = month
        day = rest + 1
    }
}
