import AuditModel
import CommonMark
import Templating

/// One check, in the table and in its own section.
struct CheckView: View {
    let entry: Report.Entry<CheckResult>
    let run: Run
    let base: String

    private var result: CheckResult { entry.result }

    static let fields = Fields<CheckView>([
        "id": .text { $0.result.id },
        "title": .text { MarkdownEscaping.visible($0.result.title) },
        "status": .text { $0.entry.standing.label($0.run.mode) },
        "symbol": .text { $0.entry.standing.symbol },
        "tone": .text { $0.entry.standing.tone.rawValue },
        "is_clear": .flag { $0.entry.standing == .clear },
        "is_measured": .flag { $0.result.before != nil },
        "reason": .text { view in
            let parts = [view.entry.reason].compactMap { $0 } + view.result.notes
            return parts.isEmpty ? nil : MarkdownEscaping.visible(parts.joined(separator: "; "))
        },
        "before": .text { $0.result.before?.grouped ?? "–" },
        // What was taken back is below zero.
        "repaired": .text { $0.result.repaired.map { abs($0).grouped } ?? "–" },
        // Only where a fix was made, tried or taken back.
        "mended": .text { view in view.result.repaired.map { "\(abs($0).grouped) \(view.run.repairedWords)" } },
        "after": .text { $0.result.after?.grouped ?? "–" },
        "users_before": .text { $0.result.usersBefore?.grouped ?? "–" },
        "users_after": .text { $0.result.usersAfter?.grouped ?? "–" },
        "has_users": .flag { $0.result.user != nil },
        "is_left": .flag { ($0.result.after ?? 0) > 0 },
        "scope": .text { $0.scope },
        "remedy": .text { $0.remedy },
        "kind": .text { $0.result.kind.rawValue },
        "severity": .text { $0.result.severity.rawValue },
        "duration": .text { $0.result.before == nil ? nil : DurationText.of(seconds: $0.result.seconds) },
        "tags": .text { $0.result.tags.joined(separator: ", ") },
        "documentation_html": .markup { Documentation.html($0.result.documentation) },
        "documentation_markdown": .markup { Documentation.markdown($0.result.documentation) },
        "query": .text { $0.result.query },
        "query_markdown": .markup { Documentation.fence($0.result.query, language: "sql") },
        "columns": .list { $0.sampleRows.isEmpty ? [] : $0.result.sample.columns.map(ColumnView.init) },
        "rows": .list { $0.sampleRows },
        "sample_caption": .text { $0.sampleCaption },
        "repair_columns": .list { $0.result.repairs.columns.map(ColumnView.init) },
        "repair_rows": .list { $0.result.repairs.rows.prefix(50).map { RowView(cells: $0.map(CellView.init)) } },
        "repair_csv": .text { ($0.result.repaired ?? 0) > 0 ? "\($0.base)repairs/\($0.result.id).csv" : nil },
        "repair_csv_rows": .text { ($0.result.repaired ?? 0).of("row") },
        "csv": .text { ($0.result.before ?? 0) > 0 ? "\($0.base)findings/\($0.result.id).csv" : nil },
        "csv_rows": .text { ($0.result.before ?? 0).of("row") },
    ])

    private var sampleRows: [RowView] {
        result.sample.rows.prefix(50).map { RowView(cells: $0.map(CellView.init)) }
    }

    /// Such as `30 of 12,418`: what was found in what was looked at.
    private var scope: String? {
        guard let scope = result.scopeBefore, let before = result.before else { return nil }
        return "\(before.grouped) of \(scope.grouped)"
    }

    /// What can be done about the violations that are left.
    private var remedy: String? {
        guard (result.after ?? 0) > 0 else { return nil }
        return result.fix != nil ? "a fix is written for it" : "needs a person: no fix is written for it"
    }

    private var sampleCaption: String {
        let count = result.before ?? 0
        let shown = sampleRows.count
        if count == 1 { return "The one violation" }
        if count == 2, shown == 2 { return "Both violations" }
        return shown >= count
            ? "All \(count.of("violation"))" : "The first \(shown.grouped) of \(count.of("violation"))"
    }
}
