/// A way of writing a day, part by part.
struct DateStyle: Equatable {
    enum Part: Equatable {
        case year
        /// Of two digits.
        case shortYear
        case month(isPadded: Bool)
        case day(isPadded: Bool)
        case monthName(DateName)
        case weekday(DateName)
        /// `st`, `nd`, `rd` or `th` of the day before.
        case ordinal
        /// The week by ISO 8601, and the year to which it belongs.
        case week, weekYear
        /// The day of that week, from 1, which is Monday.
        case weekdayNumber
        case text(String)
    }

    var parts: [Part]

    /// `2026-11-23`
    static let iso = DateStyle(parts: [.year, .text("-"), .month(isPadded: true), .text("-"), .day(isPadded: true)])

    func text(of date: CalendarDate) -> String {
        parts.map { Self.text(of: $0, date) }.joined()
    }

    private static func text(of part: Part, _ date: CalendarDate) -> String {
        let two = { (number: Int, isPadded: Bool) in isPadded && number < 10 ? "0\(number)" : "\(number)" }
        return switch part {
        case .year: "\(date.year)"
        case .shortYear: two(date.year % 100, true)
        case .month(let isPadded): two(date.month, isPadded)
        case .day(let isPadded): two(date.day, isPadded)
        case .monthName(let name): name.month(date.month)
        case .weekday(let name): name.weekday(date.weekday)
        case .ordinal: ordinal(date.day)
        case .week: two(date.isoWeek.week, true)
        case .weekYear: "\(date.isoWeek.year)"
        case .weekdayNumber: "\((date.weekday + 6) % 7 + 1)"
        case .text(let text): text
        }
    }

    private static func ordinal(_ day: Int) -> String {
        switch day {
        case 1, 21, 31: "st"
        case 2, 22: "nd"
        case 3, 23: "rd"
        default: "th"
        }
    }
}
