/// Finds dates as a document writes them.
struct DateSearch {
    /// How `05/11/2025` is meant, as a date such as `14/11/2025` in another heading tells.
    private let isDayFirst: Bool?
    /// Later days are plans, and no days of entries.
    private let last: CalendarDate?

    /// - Parameter today: the day of the run; somebody's clock may be ahead by one.
    init(_ headings: [Outline.Heading], today: CalendarDate?) {
        last = today?.next
        isDayFirst =
            headings.lazy.filter { $0.source.utf8.contains(UInt8(ascii: "/")) }.compactMap { heading in
                guard case .slashed(let isDayFirst) = FoundDate.first(in: heading.source.utf8)?.style.form else {
                    return nil
                }
                return isDayFirst
            }.first
    }

    func first(in text: some Collection<UInt8>) -> FoundDate? {
        guard let found = FoundDate.first(in: text, isDayFirst: isDayFirst) else { return nil }
        if let last, found.date > last { return nil }
        return found
    }
}
