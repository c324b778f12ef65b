/// Finds dates as a document writes them.
struct DateSearch {
    private let customs: DateCustoms
    /// Later days are plans, and no days of entries.
    private let last: CalendarDate?

    /// - Parameters:
    ///   - texts: what may hold dates, in the order of the document.
    ///   - today: the day of the run; somebody's clock may be ahead by one.
    init(_ texts: [String], today: CalendarDate?) {
        last = today?.next
        var customs = DateCustoms()
        customs.language = Self.language(texts)
        let shapes = texts.compactMap { NumberedDate($0) }
        for sign in Set(shapes.map(\.sign)) {
            let alike = shapes.filter { $0.sign == sign }
            let long = alike.filter { !$0.isShort }
            customs.isDayFirst[sign] = NumberedDate.isDayFirst(long, until: last)
            let short = alike.filter(\.isShort)
            if NumberedDate.areDays(short, until: last) {
                customs.isShortDayFirst[sign] = NumberedDate.isDayFirst(short, until: last)
            }
        }
        customs.guesses = true
        self.customs = customs
    }

    /// The language that has most of the months' names.
    private static func language(_ texts: [String]) -> Int? {
        var counts: [Int: Int] = [:]
        for text in texts where text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) {
            for word in text.split(whereSeparator: { !$0.isLetter }) {
                for language in DateNames.languages(of: String(word)) { counts[language, default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    func first(in text: some Collection<UInt8>) -> FoundDate? {
        guard let found = FoundDate.first(in: text, customs) else { return nil }
        if let last, found.date > last { return nil }
        return found
    }
}

/// Three numbers that may be a date, such as `05/11/2025` and `8.17.26`.
private struct NumberedDate {
    let sign: Character
    let isShort: Bool
    let first: Int
    let second: Int
    let year: Int

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        for start in bytes.indices where bytes[start] >= 0x30 && bytes[start] <= 0x39 {
            if start > 0, bytes[start - 1].isWordByte { continue }
            var reader = ByteReader(bytes: bytes, position: start)
            guard let first = reader.shortNumber(), let sign = [".", "/", "-"].first(where: { reader.skip($0) }) else {
                continue
            }
            _ = sign == "." && reader.skip(" ")
            guard let second = reader.shortNumber(), reader.skip(sign) else { continue }
            _ = sign == "." && reader.skip(" ")
            let long = reader.number(4)
            guard let year = long ?? reader.number(2).map({ 2000 + $0 }) else { continue }
            let end = reader.position
            if end < bytes.count, bytes[end].isWordByte || bytes[end] == sign.utf8.first { continue }
            self.init(sign: Character(sign), isShort: long == nil, first: first, second: second, year: year)
            return
        }
        return nil
    }

    private init(sign: Character, isShort: Bool, first: Int, second: Int, year: Int) {
        self.sign = sign
        self.isShort = isShort
        self.first = first
        self.second = second
        self.year = year
    }

    private func date(isDayFirst: Bool) -> CalendarDate? {
        CalendarDate(year: year, month: isDayFirst ? second : first, day: isDayFirst ? first : second)
    }

    /// Whether the first number is the day: the one reading that makes dates of all, none of them to come, in an order.
    static func isDayFirst(_ all: [NumberedDate], until last: CalendarDate?) -> Bool? {
        let readings = [true, false].map { isDayFirst in all.map { $0.date(isDayFirst: isDayFirst) } }
        // What can be no month decides, where others do not.
        if let decisive = all.first(where: { $0.first > 12 || $0.second > 12 }) { return decisive.first > 12 }
        let arePast = readings.map { dates in dates.allSatisfy { date in last.map { (date ?? $0) <= $0 } ?? true } }
        if arePast[0] != arePast[1] { return arePast[0] }
        let areOrdered = readings.map { dates in
            let days = dates.compactMap(\.self)
            let pairs = zip(days, days.dropFirst())
            return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
        }
        return areOrdered[0] == areOrdered[1] ? nil : areOrdered[0]
    }

    /// Several that are all days of few years, and no versions, whose last number counts.
    static func areDays(_ all: [NumberedDate], until last: CalendarDate?) -> Bool {
        guard all.count > 1, let isDayFirst = isDayFirst(all, until: last) else { return false }
        let dates = all.compactMap { $0.date(isDayFirst: isDayFirst) }
        guard dates.count == all.count, let latest = dates.max(), let first = dates.min() else { return false }
        if let last, latest > last { return false }
        return latest.year - first.year < 10 && Set(dates.map(\.year)).count <= Set(all.map { [$0.first, $0.second] }).count
    }
}
