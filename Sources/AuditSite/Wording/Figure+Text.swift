import AuditModel
import CommonMark
import Wording

extension Figure {
    /// `success_rate` as `Success rate`.
    var heading: String { Self.heading(name) }

    static func heading(_ name: String) -> String {
        let words = MarkdownEscaping.visible(name.split(separator: "_").joined(separator: " "))
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The format that the check names, or else the one that goes with the name and the values.
    var shownFormat: FigureFormat {
        if let format { return format }
        guard FigureFormat.isShare(name) else { return .number }
        let isShare = [before, after].allSatisfy { value in
            if case .number(let number) = value { (0...1).contains(number) } else { true }
        }
        return isShare ? .percent : .number
    }

    func text(_ value: FigureValue?) -> String { shownFormat.text(value) }

    /// The limits in words, and for a statistic of users how they stand to them.
    ///
    /// - Parameter tallies: know the labels of users.
    func limitText(_ tallies: UserTallies) -> String? {
        guard let limit else { return nil }
        let words = LimitText.of(limit, format: shownFormat)
        guard let users = limit.users else { return words }
        let past = users.past == 0 ? "none" : users.past.grouped
        let id = MarkdownEscaping.visible(users.worst)
        let name = tallies.index(of: users.worst).map { tallies.name($0) } ?? id
        let user = name == id ? id : "\(name) (\(id))"
        let worst = "the worst is the user \(user) with \(text(after ?? before))"
        return "\(words): \(past) of \(users.measured.of("user")) \(users.past > 1 ? "are" : "is") past, \(worst)"
    }
}

extension FigureFormat {
    func text(_ value: FigureValue?) -> String {
        switch value {
        case nil: "–"
        case .number(let number): text(number)
        case .text(let text): MarkdownEscaping.visible(text)
        }
    }

    func text(_ number: DecimalNumber) -> String {
        switch self {
        case .number: number.grouped
        case .percent: number.percent
        case .duration: number.duration
        case .size: number.size
        }
    }
}
