/// How the headings of a document's entries are written around their titles.
struct HeadingForm {
    var level: Int
    var style: DateStyle?
    /// `#` marks stand behind the title, too.
    var isClosed = false
    /// What stands around a date before the title.
    private var start: (before: String, after: String) = ("", "")
    /// What stands around a date behind the title; nil when it stands before it.
    private var end: (before: String, after: String)?

    /// `## 2026-11-23 Title`, or with the date in another style.
    static func dated(level: Int, style: DateStyle = DateStyle(.yearFirst("-"))) -> HeadingForm {
        HeadingForm(level: level, style: style, start: ("", " "))
    }

    /// `## Title`.
    static func plain(level: Int) -> HeadingForm {
        HeadingForm(level: level)
    }

    private init(level: Int, style: DateStyle? = nil, start: (before: String, after: String) = ("", "")) {
        self.level = level
        self.style = style
        self.start = start
    }

    /// Learns from a heading with a date.
    init(_ heading: DatedHeading, level: Int) {
        self.level = level
        style = heading.found.style
        let (before, after) = (heading.before, heading.after)
        if heading.position == .end {
            let gap = before.unicodeScalars.reversed().prefix { !$0.isWordScalar }.reversed()
            var (opening, closing) = (Self.punctuation(gap) ?? " ", Self.punctuation(after.unicodeScalars) ?? "")
            // A bracket that is closed first was opened around words.
            if opening.hasPrefix("]") || opening.hasPrefix(")") { opening.removeFirst() }
            if opening.isEmpty { opening = " " }
            if !Self.isBalanced(opening + closing) { (opening, closing) = (" (", ")") }
            end = (opening, closing)
        } else {
            let gap = after.unicodeScalars.prefix { !$0.isWordScalar }
            var opening = before.hasWords ? "" : Self.punctuation(before.unicodeScalars) ?? ""
            // What stands before an emoji is the heading's own blank.
            while opening.hasPrefix(" ") { opening.removeFirst() }
            var closing = Self.punctuation(gap) ?? " "
            if !Self.isBalanced(opening + closing) {
                opening = ""
                closing = " "
            }
            if !closing.hasSuffix(" ") { closing += " " }
            start = (opening, closing)
        }
    }

    /// What stands before the title, with the heading's marks.
    func prefix(_ date: CalendarDate) -> String {
        let marks = String(repeating: "#", count: level) + " "
        guard let style, end == nil else { return marks }
        return marks + start.before + style.text(of: date) + start.after
    }

    /// What stands behind the title.
    func suffix(_ date: CalendarDate) -> String {
        let marks = isClosed ? " " + String(repeating: "#", count: level) : ""
        guard let style, let end else { return marks }
        return end.before + style.text(of: date) + end.after + marks
    }

    /// The ASCII part and the dashes of what stands around a date: emoji there tell of one entry, not of all.
    private static func punctuation(_ scalars: some Sequence<Unicode.Scalar>) -> String? {
        var text = String.UnicodeScalarView()
        for scalar in scalars where scalar.isASCII || "–—·•".unicodeScalars.contains(scalar) {
            if scalar == " ", text.last == " " { continue }
            text.append(scalar)
        }
        let isPlain = text.allSatisfy { !"`<>\\&!#\t".unicodeScalars.contains($0) }
        return isPlain && text.count <= 8 ? String(text) : nil
    }

    /// Brackets and emphasis that are opened are closed, and no link is begun.
    private static func isBalanced(_ text: String) -> Bool {
        if text.contains("](") { return false }
        for pair in [("[", "]"), ("(", ")")] {
            let opened = text.split(separator: pair.0, omittingEmptySubsequences: false).count
            if opened != text.split(separator: pair.1, omittingEmptySubsequences: false).count { return false }
        }
        return ["*", "_", "~"].allSatisfy { mark in text.count { String($0) == mark }.isMultiple(of: 2) }
    }
}
