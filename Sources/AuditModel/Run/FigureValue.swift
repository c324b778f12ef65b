/// What a figure was measured to be.
package enum FigureValue: Sendable, Equatable {
    case number(DecimalNumber)
    /// A date, a time, an interval, money or a boolean in PostgreSQL's text form; also `Infinity` and `NaN`.
    case text(String)
}

/// A column of figures, as the server describes it.
package struct FigureColumn: Sendable, Equatable {
    package var name: String
    /// Its values are numbers, and not dates or the like.
    package var isNumber: Bool
    package var format: FigureFormat?

    package init(name: String, isNumber: Bool = true, format: FigureFormat? = nil) {
        self.name = name
        self.isNumber = isNumber
        self.format = format
    }

    /// Reads a value as the server sent it.
    package func value(_ text: String) -> FigureValue {
        isNumber ? DecimalNumber(text).map(FigureValue.number) ?? .text(text) : .text(text)
    }

    /// A sum over users says something: shares of different wholes have none.
    package var canBeSummed: Bool { isNumber && format != .percent && !FigureFormat.isShare(name) }
}

/// How a figure is shown to people.
package enum FigureFormat: String, Sendable, CaseIterable, Codable {
    case number
    /// Of a part such as 0.97.
    case percent
    /// Of seconds.
    case duration
    /// Of bytes.
    case size

    /// Figures of these names are shown as percent, when no format says otherwise and they are from 0 to 1.
    package static func isShare(_ name: String) -> Bool {
        name.hasSuffix("_rate") || name.hasSuffix("_share")
    }
}
