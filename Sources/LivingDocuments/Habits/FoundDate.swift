/// A date in a text.
struct FoundDate {
    var date: CalendarDate
    var style: DateStyle
    /// Offsets in the bytes that were searched, with the name of the day before and a time in ISO form behind.
    var range: Range<Int>
    /// A time such as `T09:30Z` belongs to it.
    var hasTime = false
    /// Which number is the day was guessed.
    var isGuess = false

    /// Finds the first date of a text.
    static func first(in text: some Collection<UInt8>, _ customs: DateCustoms = DateCustoms()) -> FoundDate? {
        let bytes = Array(text)
        for start in bytes.indices where canBegin(bytes, start) {
            var reader = DateReader(ByteReader(bytes: bytes, position: start), customs)
            guard let found = reader.read() else { continue }
            // No part of a longer number or word.
            if found.range.upperBound == bytes.count || !bytes[found.range.upperBound].isWordByte { return found }
        }
        return nil
    }

    /// A number or a word begins there.
    private static func canBegin(_ bytes: [UInt8], _ start: Int) -> Bool {
        let byte = bytes[start]
        let isLetter = byte.isWordByte && byte > 0x39 || byte >= 0xC3
        guard isLetter || byte.isWordByte else { return false }
        guard start > 0 else { return true }
        return !bytes[start - 1].isWordByte && (!isLetter || bytes[start - 1] < 0x80)
    }
}

/// What a document's other dates tell of how one is meant that could be two.
struct DateCustoms {
    /// Whether the first of the numbers is the day, by the sign between them.
    var isDayFirst: [Character: Bool] = [:]
    /// The same for dates such as `8.17.26`; without an entry these are no dates.
    var isShortDayFirst: [Character: Bool] = [:]
    /// The language of month names that several languages have.
    var language: Int?
    /// Reads `05/11/2025` though nothing tells which number is the day.
    var guesses = false
}
