import CommonMark
import Templating

/// A reason or note: prose with code between backticks, as messages and check files write it.
struct Remark {
    /// Without a mark for code; empty when there is nothing to say.
    let text: String
    let parts: [RemarkPartView]

    init(_ remark: String) {
        text = MarkdownEscaping.visible(remark).unbroken
        var pieces = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        // A last backtick without another one stands for itself.
        if pieces.count.isMultiple(of: 2), let last = pieces.popLast() { pieces[pieces.count - 1] += "`" + last }
        parts = pieces.enumerated().map { RemarkPartView(text: $1, isCode: !$0.isMultiple(of: 2)) }
            .filter { !$0.text.isEmpty }
    }

    /// As a cell of a table has it, which is right for any other inline text, too.
    var markdown: String {
        parts.map { part in
            if part.isCode { return MarkdownEscaping.codeCell(part.text) }
            // Blanks at an end have a sign of their own where they belong to data.
            let start = part.text.prefix { $0 == " " }
            let end = part.text.dropFirst(start.count).reversed().prefix { $0 == " " }
            let words = part.text.dropFirst(start.count).dropLast(end.count)
            return start + MarkdownEscaping.cell(String(words)) + String(end)
        }
        .joined()
    }
}

/// A piece of a remark.
struct RemarkPartView: View {
    let text: String
    let isCode: Bool

    static let fields = Fields<RemarkPartView>([
        "text": .text { $0.text },
        "is_code": .flag { $0.isCode },
    ])
}

extension String {
    /// No line ends before a percent sign.
    var unbroken: String { replacing(" %", with: "\u{A0}%") }
}
