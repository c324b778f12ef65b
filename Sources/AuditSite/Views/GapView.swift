import AuditModel
import CommonMark
import Templating

/// Something that was not, or not wholly, measured.
struct GapView: View {
    let title: String
    let reason: String
    /// The section that tells of it.
    let anchor: String?

    static let fields = Fields<GapView>([
        "title": .text { MarkdownEscaping.visible($0.title) },
        "reason": .text { MarkdownEscaping.visible($0.reason) },
        "anchor": .text { $0.anchor },
    ])

    static func all(_ report: Report) -> [GapView] {
        report.run.coverage.notMeasured.map { gap in
            if let check = report.run.checks.first(where: { $0.id == gap.id }) {
                return GapView(title: check.title, reason: gap.reason, anchor: "check-\(gap.id)")
            }
            if let statistic = report.run.statistics.first(where: { $0.id == gap.id }) {
                return GapView(title: statistic.title, reason: gap.reason, anchor: "statistic-\(gap.id)")
            }
            return GapView(title: gap.id, reason: gap.reason, anchor: nil)
        }
    }
}
