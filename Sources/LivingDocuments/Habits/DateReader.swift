/// Reads one date, in any of the ways in which people write them.
struct DateReader {
    private let start: Int
    private var reader: ByteReader
    private let customs: DateCustoms
    private var parts: [DateStyle.Part] = []
    private var isGuess = false

    init(_ reader: ByteReader, _ customs: DateCustoms) {
        start = reader.position
        self.reader = reader
        self.customs = customs
    }

    /// The date that begins there.
    mutating func read() -> FoundDate? {
        readWeekday()
        let forms: [(inout DateReader) -> CalendarDate?] = [
            { $0.yearFirst() }, { $0.week() }, { $0.digits() }, { $0.yearLast() }, { $0.dayAndName() },
            { $0.nameAndDay() }, { $0.yearAndName() },
        ]
        for form in forms {
            var rest = self
            guard let date = form(&rest) else { continue }
            let hasTime = rest.skipTime()
            return FoundDate(
                date: date,
                style: DateStyle(parts: rest.parts),
                range: start..<rest.reader.position,
                hasTime: hasTime,
                isGuess: rest.isGuess
            )
        }
        return nil
    }

    private mutating func readWeekday() {
        let before = reader.position
        guard let word = reader.word(), let day = DateNames.weekday(word, in: customs.language) else {
            return reader.position = before
        }
        guard let gap = [", ", "., ", ". ", " "].first(where: { reader.skip($0) }) else {
            return reader.position = before
        }
        parts = [.weekday(day.name), .text(gap)]
    }

    /// `2025-11-14`, `2025/11/14`, `2025.11.14`, `2025年3月5日`, `2025년 3월 5일`.
    private mutating func yearFirst() -> CalendarDate? {
        guard let year = reader.number(4) else { return nil }
        for (first, second, last) in [("年", "月", "日"), ("년", "월", "일")] where reader.skip(first) {
            let gap = reader.skip(" ") ? " " : ""
            guard let month = reader.shortNumber(), reader.skip(second) else { return nil }
            let isMonthPadded = isPadded(month)
            if !gap.isEmpty { _ = reader.skip(" ") }
            guard let day = reader.shortNumber() else { return nil }
            parts += [.year, .text(first + gap), .month(isPadded: isMonthPadded), .text(second + gap)]
            parts += [.day(isPadded: isPadded(day)), .text(reader.skip(last) ? last : "")]
            return CalendarDate(year: year, month: month, day: day)
        }
        guard let mark = ["-", "/", ".", "‑"].first(where: { reader.skip($0) }) else { return nil }
        let gap = mark == "." && reader.skip(" ") ? " " : ""
        // `2025.3.1` is a version.
        let isStrict = mark == "." && gap.isEmpty
        guard let month = isStrict ? reader.number(2) : reader.shortNumber() else { return nil }
        let isMonthPadded = reader.hasTwoDigits
        guard reader.skip(mark + gap), let day = isStrict ? reader.number(2) : reader.shortNumber() else { return nil }
        let isDayPadded = reader.hasTwoDigits
        parts += [.year, .text(mark + gap), .month(isPadded: isMonthPadded && (isDayPadded || month < 10))]
        parts += [.text(mark + gap), .day(isPadded: isDayPadded && (isMonthPadded || day < 10))]
        if !gap.isEmpty, reader.skip(".") { parts.append(.text(".")) }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// A number of one digit, or of two with a 0 before, tells whether others are padded; two digits alone do not.
    private func isPadded(_ value: Int) -> Bool { value < 10 && reader.hasTwoDigits }

    /// `2025-W46`, which is its Monday, or `2025-W46-3`.
    private mutating func week() -> CalendarDate? {
        guard let year = reader.number(4), let mark = ["-W", "W"].first(where: { reader.skip($0) }),
            let week = reader.number(2)
        else { return nil }
        parts += [.weekYear, .text(mark), .week]
        var day = 1
        let end = reader.position
        if reader.skip("-"), let number = reader.number(1), (1...7).contains(number) {
            day = number
            parts += [.text("-"), .weekdayNumber]
        } else {
            reader.position = end
        }
        return CalendarDate(isoYear: year, week: week, day: day)
    }

    /// `20251115`
    private mutating func digits() -> CalendarDate? {
        guard let year = reader.number(4), (1990...2099).contains(year), let month = reader.number(2),
            let day = reader.number(2)
        else { return nil }
        parts += [.year, .month(isPadded: true), .day(isPadded: true)]
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `14.11.2025`, `11/14/2025`, `14-11-2025`, and `8.17.26` where the document's other dates tell so.
    private mutating func yearLast() -> CalendarDate? {
        guard let first = reader.shortNumber() else { return nil }
        let isFirstPadded = reader.hasTwoDigits
        guard let mark = [".", "/", "-"].first(where: { reader.skip($0) }) else { return nil }
        let gap = mark == "." && reader.skip(" ") ? " " : ""
        guard let second = reader.shortNumber() else { return nil }
        let isSecondPadded = reader.hasTwoDigits
        guard reader.skip(mark + gap) else { return nil }
        let sign = Character(mark)
        let isLong: Bool
        let year: Int
        if let number = reader.number(4) {
            (isLong, year) = (true, number)
        } else if let number = reader.number(2) {
            (isLong, year) = (false, 2000 + number)
        } else {
            return nil
        }
        guard let isDayFirst = isDayFirst(first, second, sign, isLong: isLong) else { return nil }
        let (day, month) = isDayFirst ? (first, second) : (second, first)
        let one: DateStyle.Part = isDayFirst ? .day(isPadded: isFirstPadded) : .month(isPadded: isFirstPadded)
        let two: DateStyle.Part = isDayFirst ? .month(isPadded: isSecondPadded) : .day(isPadded: isSecondPadded)
        parts += [one, .text(mark + gap), two, .text(mark + gap), isLong ? .year : .shortYear]
        return CalendarDate(year: year, month: month, day: day)
    }

    private mutating func isDayFirst(_ first: Int, _ second: Int, _ sign: Character, isLong: Bool) -> Bool? {
        if !isLong { return customs.isShortDayFirst[sign] }
        if first > 12 { return true }
        if second > 12 { return false }
        // With dots, nobody begins with the month but who shows it elsewhere.
        if let known = customs.isDayFirst[sign] ?? (sign == "." ? true : nil) { return known }
        isGuess = true
        return customs.guesses ? true : nil
    }

    /// `14 November 2025`, `5. März 2025`, `15 de noviembre de 2025`, `14th Nov 2025`, `05-Nov-2025`.
    private mutating func dayAndName() -> CalendarDate? {
        guard let day = reader.shortNumber() else { return nil }
        parts.append(.day(isPadded: reader.hasTwoDigits && day < 10))
        readDayMark()
        guard let gap = ["-", "/", " de ", " d’", " d'", " "].first(where: { reader.skip($0) }) else { return nil }
        parts.append(.text(gap))
        guard let month = monthName() else { return nil }
        guard let next = ["-", "/", " de ", " del ", ", ", " "].first(where: { reader.skip($0) }),
            let year = reader.number(4)
        else { return nil }
        parts += [.text(next), .year]
        if let tail = [" г.", " р."].first(where: { reader.skip($0) }) { parts.append(.text(tail)) }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `November 14, 2025`
    private mutating func nameAndDay() -> CalendarDate? {
        guard let month = monthName(), reader.skip(" "), let day = reader.shortNumber() else { return nil }
        parts += [.text(" "), .day(isPadded: reader.hasTwoDigits && day < 10)]
        readDayMark()
        guard let gap = [", ", " "].first(where: { reader.skip($0) }), let year = reader.number(4) else { return nil }
        parts += [.text(gap), .year]
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `2025. március 5.`, `2025-Nov-05`.
    private mutating func yearAndName() -> CalendarDate? {
        guard let year = reader.number(4), let gap = [". ", "-", "/", " "].first(where: { reader.skip($0) }) else {
            return nil
        }
        parts += [.year, .text(gap)]
        guard let month = monthName() else { return nil }
        let next = gap == ". " ? " " : gap
        guard reader.skip(next), let day = reader.shortNumber() else { return nil }
        parts += [.text(next), .day(isPadded: reader.hasTwoDigits && day < 10)]
        if gap == ". ", reader.skip(".") { parts.append(.text(".")) }
        return CalendarDate(year: year, month: month, day: day)
    }

    private mutating func readDayMark() {
        if ["st", "nd", "rd", "th"].contains(where: { reader.skip($0) }) {
            parts.append(.ordinal)
        } else if let mark = [".", "º", "er"].first(where: { reader.skip($0) }) {
            // `1er mars` is the only day of French that has it.
            if mark != "er" { parts.append(.text(mark)) }
        }
    }

    private mutating func monthName() -> Int? {
        guard let word = reader.word(), let (month, found) = DateNames.month(word, in: customs.language) else {
            return nil
        }
        var name = found
        name.hasDot = reader.skip(".")
        parts.append(.monthName(name))
        return month
    }

    /// A time such as `T09:30Z`.
    private mutating func skipTime() -> Bool {
        let end = reader.position
        guard reader.skip("T"), reader.time() != nil else {
            reader.position = end
            return false
        }
        if reader.skip("Z") { return true }
        let zone = reader.position
        guard reader.skip("+") || reader.skip("-"), reader.number(2) != nil else {
            reader.position = zone
            return true
        }
        _ = reader.skip(":")
        if reader.number(2) == nil { reader.position = zone }
        return true
    }
}
