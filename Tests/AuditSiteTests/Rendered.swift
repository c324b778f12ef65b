import AuditModel
import AuditSite
import Templating

/// The two reports of a run, as they lie in its folder.
struct Rendered {
    let html: String
    let markdown: String

    init(_ run: Run, hasReport: (RunID) -> Bool = { _ in false }) throws {
        let files = RunPages(templates: try .load(overrides: nil)).render(run, hasReport: hasReport)
        html = files[0].contents
        markdown = files[1].contents
    }

    /// Both reports, for what each of them must say; a space that does not break counts as one.
    var both: [String] { [html, markdown].map { $0.replacing("\u{A0}", with: " ") } }

    /// A check's own section of the HTML page.
    func section(_ id: String) -> String {
        let start = html.firstRange(of: "<article class=\"check\" id=\"check-\(id)\">")?.lowerBound ?? html.endIndex
        let end = html[start...].firstRange(of: "</article>")?.upperBound ?? html.endIndex
        return String(html[start..<end])
    }

    /// The line of the Markdown report that begins so.
    func line(_ start: String) -> String? {
        markdown.split(separator: "\n").first { $0.hasPrefix(start) }.map { String($0).replacing("\u{A0}", with: " ") }
    }
}
