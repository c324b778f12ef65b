/// A way of writing a day.
enum DateStyle: Equatable {
    /// `2026-11-23`, with this separator.
    case yearFirst(Character)
    /// `23.11.2026`
    case dotted
    /// `November 23, 2026`, or with a short month.
    case monthFirst(isShort: Bool)
    /// `23 November 2026`, or with a short month.
    case dayFirst(isShort: Bool)

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    func text(of date: CalendarDate) -> String {
        let month = Self.months[date.month - 1]
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return switch self {
        case .yearFirst(let separator): "\(date.year)\(separator)\(two(date.month))\(separator)\(two(date.day))"
        case .dotted: "\(two(date.day)).\(two(date.month)).\(date.year)"
        case .monthFirst(let isShort): "\(isShort ? String(month.prefix(3)) : month) \(date.day), \(date.year)"
        case .dayFirst(let isShort): "\(date.day) \(isShort ? String(month.prefix(3)) : month) \(date.year)"
        }
    }
}
