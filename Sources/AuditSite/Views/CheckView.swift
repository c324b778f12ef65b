import AuditModel
import CommonMark
import Templating
import Wording

/// One check, in the table and in its own section.
struct CheckView: View {
    let entry: Report.Entry<CheckResult>
    let report: Report
    let base: String

    var run: Run { report.run }
    var result: CheckResult { entry.result }

    static let fields = Fields<CheckView>([
        "id": .text { $0.result.id },
        "title": .text { MarkdownEscaping.visible($0.result.title) },
        "status": .text { $0.entry.standing.label($0.report) },
        "symbol": .text { $0.entry.standing.symbol },
        "tone": .text { $0.entry.standing.tone($0.report).rawValue },
        "is_quiet": .flag { $0.entry.standing.isQuiet },
        "reason": .text { $0.reason.text },
        "reason_parts": .list { $0.reason.parts },
        "reason_markdown": .markup { $0.reason.markdown },
        "before": .text { $0.result.before?.grouped ?? "–" },
        // What was taken back is below zero.
        "repaired": .text { $0.result.repaired.map { abs($0).grouped } ?? "–" },
        "gone": .text { $0.result.gone?.grouped ?? "–" },
        "new": .text { $0.result.new?.grouped ?? "–" },
        "after": .text { $0.result.after?.grouped ?? "–" },
        "is_left": .flag { ($0.result.after ?? 0) > 0 },
        "users": .text { $0.users },
        "counts": .text { $0.counts },
        "users_counts": .text { $0.usersCounts },
        "scope": .text { $0.scope },
        "remedy": .text { Remedy($0.result, in: $0.run).text },
        "kind": .text { $0.result.kind.rawValue },
        "severity": .text { $0.result.severity.rawValue },
        "duration": .text { $0.isMeasured ? DurationText.of(seconds: $0.result.seconds) : nil },
        "tags": .text { $0.result.tags.joined(separator: ", ") },
        "documentation_html": .markup { Documentation.html($0.result.documentation) },
        "documentation_markdown": .markup { Documentation.markdown($0.result.documentation) },
        "query": .text { $0.result.query },
        "query_markdown": .markup { Documentation.fence($0.result.query, language: "sql") },
        "fix": .text { $0.result.fix?.statement },
        "fix_markdown": .markup { view in
            view.result.fix?.statement.map { Documentation.fence($0, language: "sql") }
        },
        "fix_terms": .text { $0.fixTerms },
        "left": .list { $0.left.map { [$0] } ?? [] },
        "ended": .list { $0.ended.map { [$0] } ?? [] },
        "repairs_made": .list { $0.repairs.map { [$0] } ?? [] },
    ])

    var isMeasured: Bool { result.before != nil || result.after != nil }

    private var reason: Remark {
        Remark(([entry.reason].compactMap { $0 } + result.notes).joined(separator: "; "))
    }

    /// Such as `30 → 18`; one number where there is no before and after.
    private var users: String {
        guard result.user != nil else { return "–" }
        let after = result.usersAfter?.grouped ?? "–"
        guard report.repairs else { return after }
        let before = result.usersBefore?.grouped ?? "–"
        return before == after ? after : "\(before)\u{A0}→\u{A0}\(after)"
    }

    /// What the fix writes, and how much of it at most.
    private var fixTerms: String? {
        guard let fix = result.fix, let table = fix.table else { return nil }
        let refusal = FixLimits(fix).text.map { ", and refuses \($0)" } ?? ""
        let others = fix.alsoWrites.isEmpty ? "" : "; its triggers also write \(fix.alsoWrites.joined(separator: ", "))"
        return MarkdownEscaping.visible("writes \(table)\(refusal)\(others)")
    }
}
