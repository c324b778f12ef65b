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

    /// Such as `2026-11-23`.
    var text: String { DateStyle.yearFirst("-").text(of: self) }
}
