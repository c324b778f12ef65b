/// What stands around the dates in headings, as far as it belongs to all of them.
enum FormPunctuation {
    private static let pairs = [
        ("[", "]"), ("(", ")"), ("（", "）"), ("［", "］"), ("【", "】"), ("「", "」"), ("〔", "〕"),
    ]
    private static let others = "–—·•：、｜".unicodeScalars

    /// What stands before a date and behind it, above a title.
    static func start(_ before: String, _ after: String) -> (before: String, after: String) {
        let gap = after.unicodeScalars.prefix { !$0.isWordScalar }
        var opening = punctuation(before.unicodeScalars) ?? ""
        // What stands before an emoji is the heading's own blank.
        while opening.hasPrefix(" ") { opening.removeFirst() }
        var closing = punctuation(gap) ?? " "
        // What opens there belongs to the title.
        if !opening.contains(where: isEmphasis) { closing = String(closing.prefix { !isEmphasis($0) }) }
        if !isBalanced(opening + closing) { (opening, closing) = ("", " ") }
        if !closing.hasSuffix(" "), !closing.hasSuffix("：") { closing += " " }
        return (opening, closing)
    }

    /// What stands between a title and the date at the end.
    static func end(_ before: String) -> String {
        let gap = before.unicodeScalars.reversed().prefix { !$0.isWordScalar }.reversed()
        var opening = punctuation(gap) ?? " "
        // A bracket that is closed first was opened around words.
        if let first = opening.first, pairs.contains(where: { $0.1 == String(first) }) { opening.removeFirst() }
        while let first = opening.first, isEmphasis(first) { opening.removeFirst() }
        return opening.isEmpty ? " " : opening
    }

    private static func isEmphasis(_ character: Character) -> Bool { "*_~".contains(character) }

    /// What stands behind a date at the end.
    static func closing(_ after: String) -> String { punctuation(after.unicodeScalars) ?? "" }

    /// What stands behind `Session 157`, a count that goes with the date: ` Session 157: x` is `: x`.
    static func behindCount(_ after: String) -> String {
        let scalars = after.unicodeScalars
        guard let digit = scalars.firstIndex(where: { $0 >= "0" && $0 <= "9" }) else { return after }
        let words = scalars[..<digit].split { !$0.properties.isAlphabetic }
        let rest = scalars[digit...].drop { $0 >= "0" && $0 <= "9" }
        guard words.count == 1, let sign = rest.first, ":–—-".unicodeScalars.contains(sign) || sign == " " else {
            return after
        }
        let gap = rest.prefix { !$0.isWordScalar }
        guard gap.contains(where: { ":–—-".unicodeScalars.contains($0) }) else { return after }
        return String(rest)
    }

    /// The ASCII part, dashes and brackets: emoji there tell of one entry, not of all.
    private static func punctuation(_ scalars: some Sequence<Unicode.Scalar>) -> String? {
        var text = String.UnicodeScalarView()
        for scalar in scalars where scalar.isASCII || others.contains(scalar) || isBracket(scalar) {
            if scalar == " ", text.last == " " { continue }
            text.append(scalar)
        }
        let isPlain = text.allSatisfy { !"`<>\\&!#\t".unicodeScalars.contains($0) }
        return isPlain && text.count <= 8 ? String(text) : nil
    }

    private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
        pairs.contains { $0.0 == String(scalar) || $0.1 == String(scalar) }
    }

    /// Brackets and emphasis that are opened are closed, and no link is begun.
    static func isBalanced(_ text: String) -> Bool {
        if text.contains("](") { return false }
        for (open, close) in pairs {
            let opened = text.count { String($0) == open }
            if opened != text.count(where: { String($0) == close }) { return false }
        }
        return ["*", "_", "~"].allSatisfy { mark in text.count { String($0) == mark }.isMultiple(of: 2) }
    }
}
