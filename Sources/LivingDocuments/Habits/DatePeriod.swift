/// A year, quarter, month or week that a heading names, such as `November 2025`, `2025-11`, `Q4 2025`, `2025-W46`.
struct DatePeriod {
    let first: CalendarDate
    let last: CalendarDate

    private static let quarters: Set<String> = ["q", "quarter", "quartal", "trimestre", "kwartał", "kvartal", "квартал"]
    private static let weeks: Set<String> = [
        "w", "kw", "cw", "wk", "week", "woche", "semaine", "semana", "settimana", "tydzień", "týden", "vecka", "uge",
        "неделя", "週", "周", "第", "週目", "주",
    ]
    private static let units: Set<String> = ["年", "月", "년", "월", "年度"]

    func contains(_ date: CalendarDate) -> Bool { first <= date && date <= last }

    init(_ first: CalendarDate, _ last: CalendarDate) {
        self.first = first
        self.last = last
    }

    /// Nil when the heading names no such time, or more than one.
    init?(_ heading: String) {
        let tokens = Self.tokens(heading)
        let numbers = tokens.filter { $0.first?.isASCII == true && $0.first?.isNumber == true }
        let years = numbers.filter { $0.count == 4 }.compactMap { Int($0) }.filter { (1990...2099).contains($0) }
        let others = numbers.filter { $0.count < 3 }.compactMap { Int($0) }
        let words = tokens.filter { $0.first?.isNumber != true }.map { $0.lowercased() }
        guard years.count == 1, let year = years.first, numbers.count == 1 + others.count, words.count <= 4 else {
            return nil
        }
        let months = Set(words.compactMap { DateNames.month($0, in: nil)?.month })
        if let month = months.first {
            guard months.count == 1, others.isEmpty else { return nil }
            self.init(year, months: month...month)
            return
        }
        guard let number = others.first else {
            guard words.allSatisfy(Self.units.contains), let start = CalendarDate(year: year, month: 1, day: 1),
                let end = CalendarDate(year: year, month: 12, day: 31)
            else { return nil }
            self.init(start, end)
            return
        }
        guard others.count == 1 else { return nil }
        if words.contains(where: Self.quarters.contains), (1...4).contains(number) {
            self.init(year, months: (number * 3 - 2)...(number * 3))
        } else if words.contains(where: Self.weeks.contains) {
            guard let monday = CalendarDate(isoYear: year, week: number, day: 1) else { return nil }
            self.init(monday, monday.adding(6))
        } else if words.allSatisfy(Self.units.contains), (1...12).contains(number) {
            self.init(year, months: number...number)
        } else {
            return nil
        }
    }

    private init?(_ year: Int, months: ClosedRange<Int>) {
        guard let start = CalendarDate(year: year, month: months.lowerBound, day: 1),
            let next = months.upperBound == 12
                ? CalendarDate(year: year + 1, month: 1, day: 1)
                : CalendarDate(year: year, month: months.upperBound + 1, day: 1)
        else { return nil }
        self.init(start, next.adding(-1))
    }

    /// Runs of letters, and runs of digits.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var isNumber = false
        var isOpen = false
        for character in text {
            guard character.isLetter || character.isNumber else {
                isOpen = false
                continue
            }
            if isOpen, isNumber == character.isNumber {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
            (isOpen, isNumber) = (true, character.isNumber)
        }
        return tokens
    }
}
