/// A way of writing a day.
struct DateStyle: Equatable {
    enum Form: Equatable {
        /// `2026-11-23`, with this separator.
        case yearFirst(Character)
        /// `23.11.2026`
        case dotted
        /// `23/11/2026`, or `11/23/2026`.
        case slashed(isDayFirst: Bool)
        /// `November 23, 2026`, or with a short month.
        case monthFirst(isShort: Bool, DayMark)
        /// `23 November 2026`, or with a short month.
        case dayFirst(isShort: Bool, DayMark)
    }

    /// What stands behind the number of a day.
    enum DayMark: Equatable {
        case none
        case dot
        /// `st`, `nd`, `rd` or `th`.
        case ordinal
    }

    /// The name of the day before the date, and what stands between them.
    struct Weekday: Equatable {
        var isShort: Bool
        var separator: String
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    var form: Form
    var weekday: Weekday?

    init(_ form: Form, weekday: Weekday? = nil) {
        self.form = form
        self.weekday = weekday
    }

    func text(of date: CalendarDate) -> String {
        let name = Self.weekdays[date.weekday]
        let start = weekday.map { ($0.isShort ? String(name.prefix(3)) : name) + $0.separator } ?? ""
        return start + form.text(of: date)
    }
}

extension DateStyle.Form {
    fileprivate func text(of date: CalendarDate) -> String {
        let name = DateStyle.months[date.month - 1]
        let month = { (isShort: Bool) in isShort ? String(name.prefix(3)) : name }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return switch self {
        case .yearFirst(let separator): "\(date.year)\(separator)\(two(date.month))\(separator)\(two(date.day))"
        case .dotted: "\(two(date.day)).\(two(date.month)).\(date.year)"
        case .slashed(isDayFirst: true): "\(two(date.day))/\(two(date.month))/\(date.year)"
        case .slashed(isDayFirst: false): "\(two(date.month))/\(two(date.day))/\(date.year)"
        case .monthFirst(let isShort, let mark): "\(month(isShort)) \(mark.text(of: date.day)), \(date.year)"
        case .dayFirst(let isShort, let mark): "\(mark.text(of: date.day)) \(month(isShort)) \(date.year)"
        }
    }
}

extension DateStyle.DayMark {
    fileprivate func text(of day: Int) -> String {
        switch (self, day) {
        case (.none, _): "\(day)"
        case (.dot, _): "\(day)."
        case (.ordinal, 1), (.ordinal, 21), (.ordinal, 31): "\(day)st"
        case (.ordinal, 2), (.ordinal, 22): "\(day)nd"
        case (.ordinal, 3), (.ordinal, 23): "\(day)rd"
        case (.ordinal, _): "\(day)th"
        }
    }
}
