import AuditModel
import CommonMark

extension Figure {
    /// `success_rate` as `Success rate`.
    var heading: String { Self.heading(name) }

    static func heading(_ name: String) -> String {
        let words = MarkdownEscaping.visible(name.split(separator: "_").joined(separator: " "))
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The figure is a part of a whole, and reads best as percent.
    var isShare: Bool {
        guard name.hasSuffix("_rate") || name.hasSuffix("_share") else { return false }
        let numbers = [before, after].compactMap { value -> Double? in
            if case .number(let number) = value { number } else { nil }
        }
        return numbers.allSatisfy { (0...1).contains($0) }
    }

    func text(_ value: FigureValue?) -> String {
        switch value {
        case nil: "–"
        case .number(let number): isShare ? number.percent : number.grouped
        case .text(let text): MarkdownEscaping.visible(text)
        }
    }
}
