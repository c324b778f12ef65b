import CommonMark

/// How a document's entries begin, around their titles.
struct EntryForm {
    enum Kind: Equatable {
        case heading
        /// A heading with a line of `=` or `-` below it.
        case setextHeading
        /// An item of a list, with its mark.
        case item(mark: String)
        /// A paragraph.
        case line
    }

    var kind: Kind
    /// Of the heading.
    var level = 2
    var style: DateStyle?
    /// `#` marks stand behind the title, too.
    var isClosed = false
    /// How the status stands in the headings; nil where these have none.
    var status: StatusForm?
    /// What stands around a date before the title.
    private var start: (before: String, after: String) = ("", "")
    /// What stands around a date behind the title; nil when it stands before it.
    private var end: (before: String, after: String)?

    /// `## 2026-11-23 Title`, or with the date in another style.
    static func dated(level: Int, style: DateStyle = .iso) -> EntryForm {
        EntryForm(kind: .heading, level: level, style: style, start: ("", " "))
    }

    /// `## Title`.
    static func plain(level: Int) -> EntryForm {
        EntryForm(kind: .heading, level: level)
    }

    /// `- 2026-11-23: Title`
    static func dated(_ kind: Kind) -> EntryForm {
        kind == .line
            ? EntryForm(kind: kind, style: .iso, start: ("**", "** — ")) : EntryForm(kind: kind, style: .iso, start: ("", ": "))
    }

    private init(kind: Kind, level: Int = 2, style: DateStyle? = nil, start: (before: String, after: String) = ("", ""))
    {
        self.kind = kind
        self.level = level
        self.style = style
        self.start = start
    }

    /// Learns from a heading or line with a date; one that was guessed is written in ISO form.
    init(_ model: DatedHeading, kind: Kind = .heading, level: Int = 2) {
        self.kind = kind
        self.level = level
        style = model.found.isGuess ? .iso : model.found.style
        let (before, after) = (model.before, model.after)
        if model.position == .end {
            let around = (FormPunctuation.end(before), FormPunctuation.closing(after))
            end = FormPunctuation.isBalanced(around.0 + around.1) ? around : (" (", ")")
        } else {
            start = FormPunctuation.start(before.hasWords ? "" : before, FormPunctuation.behindCount(after))
        }
    }

    /// What stands before the title, with the heading's marks.
    func prefix(_ date: CalendarDate, status bug: BugStatus? = nil) -> String {
        let own = status?.isBehind == false ? text(bug) : ""
        guard let style, end == nil else { return marks + own }
        return marks + start.before + style.text(of: date) + start.after + own
    }

    /// What stands behind the title.
    func suffix(_ date: CalendarDate, status bug: BugStatus? = nil) -> String {
        let marks = kind == .heading && isClosed ? " " + String(repeating: "#", count: level) : ""
        let own = status?.isBehind == true ? text(bug) : ""
        guard let style, let end else { return own + marks }
        return own + end.before + style.text(of: date) + end.after + marks
    }

    private func text(_ bug: BugStatus?) -> String {
        guard let bug, let status else { return "" }
        return status.text(sign: bug.sign, word: bug.word)
    }

    private var marks: String {
        switch kind {
        case .heading: String(repeating: "#", count: level) + " "
        case .item(let mark): mark
        case .setextHeading, .line: ""
        }
    }

    /// A text that begins with a title in this form, with what the form asks for below the title.
    func shaped(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .drop { String($0).trimmingBlanks.isEmpty }
            .map(String.init)
        guard let first = lines.first else { return text }
        switch kind {
        case .heading, .line: break
        case .item(let mark):
            let indent = String(repeating: " ", count: mark.count)
            for index in lines.indices.dropFirst() where !lines[index].isEmpty { lines[index] = indent + lines[index] }
        case .setextHeading:
            let sign = level == 1 ? "=" : "-"
            let heading = first + "\n" + String(repeating: sign, count: max(3, first.count))
            let blocks = MarkdownDocument(heading).root.children
            // A title that would be something else, such as a list.
            let isHeading = blocks.count == 1 && blocks[0].kind == .heading(level: level)
            lines[0] = isHeading ? heading : String(repeating: "#", count: level) + " " + first
        }
        return lines.joined(separator: "\n")
    }
}
