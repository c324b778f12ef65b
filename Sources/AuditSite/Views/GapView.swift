import AuditModel
import CommonMark
import Templating

/// A reason, and all that was not, or not wholly, measured because of it.
struct GapView: View {
    let reason: Remark
    let parts: [GapPartView]

    static let fields = Fields<GapView>([
        "parts": .list { $0.parts },
        "reason_parts": .list { $0.reason.parts },
        "reason_markdown": .markup { $0.reason.markdown },
    ])

    /// What was to be measured, and could not be.
    static func notMeasured(_ report: Report) -> [GapView] {
        all(report) { $0?.isUnknown ?? false }
    }

    /// What was left out: on request, or since an audit does not run it.
    static func notRun(_ report: Report) -> [GapView] {
        all(report) { $0 == .notRun || $0 == nil }
    }

    /// - Parameter isMeant: of the standing of a check or statistic; nil for what has no result.
    private static func all(_ report: Report, where isMeant: (Standing?) -> Bool) -> [GapView] {
        var reasons: [String] = []
        var parts: [String: [GapPartView]] = [:]
        func add(_ part: GapPartView, _ reason: String?) {
            let reason = reason ?? "no reason is known"
            if parts[reason] == nil { reasons.append(reason) }
            parts[reason, default: []].append(part)
        }
        for entry in report.checks where isMeant(entry.standing) {
            add(GapPartView(title: entry.result.title, anchor: "check-\(entry.result.id)"), entry.reason)
        }
        for entry in report.statistics where isMeant(entry.standing) {
            add(GapPartView(title: entry.result.title, anchor: "statistic-\(entry.result.id)"), entry.reason)
        }
        for gap in report.withoutResult where isMeant(nil) {
            add(GapPartView(title: gap.id, anchor: nil), gap.reason)
        }
        return reasons.map { GapView(reason: Remark($0), parts: parts[$0] ?? []) }
    }
}

/// Something that was not, or not wholly, measured.
struct GapPartView: View {
    let title: String
    /// The section that tells of it.
    let anchor: String?

    static let fields = Fields<GapPartView>([
        "title": .text { MarkdownEscaping.visible($0.title) },
        "anchor": .text { $0.anchor },
    ])
}
