import AuditModel
import CommonMark
import Templating

/// The outermost scope of a page about one run.
struct PageView: View {
    let report: Report
    /// The way from the page to the run's folder: empty, or `runs/RUN/`.
    let base: String
    let documents: [DocumentView]
    let templates: Templates
    let verdict: String
    let lead: Lead
    let checks: [CheckView]
    let users: UsersView

    var run: Run { report.run }

    init(_ report: Report, base: String, documents: [DocumentView], templates: Templates) {
        self.report = report
        self.base = base
        self.documents = documents
        self.templates = templates
        verdict = Verdict.of(report)
        lead = Lead(report)
        checks = report.checks.map { CheckView(entry: $0, run: report.run, base: base) }
        users = UsersView(report)
    }

    static let fields = Fields<PageView>([
        "suite_title": .text { MarkdownEscaping.visible($0.run.suite.title) },
        "suite_name": .text { $0.run.suite.name },
        "suite_digest": .text { $0.run.suite.digest },
        "verdict": .text { $0.verdict },
        "lead": .text { $0.lead.text },
        "worst_users_introduction": .text { $0.lead.usersIntroduction },
        "worst_users": .list { $0.lead.users },
        "lead_caveat": .text { $0.lead.caveat },
        "run_id": .text { $0.run.id.description },
        "mode": .text { $0.run.mode.rawValue },
        "is_audit": .flag { $0.run.mode == .audit },
        "is_fix": .flag { $0.run.mode == .fix },
        "is_dry_run": .flag { $0.run.mode == .dryRun },
        "can_undo": .flag { $0.run.mode == .fix && ($0.run.totals.repaired ?? 0) > 0 },
        "repairs": .flag { $0.report.repairs },
        "repaired_heading": .text { $0.run.repairedHeading },
        "undoes": .text { $0.run.undoes?.description },
        "is_latest": .flag { !$0.base.isEmpty },
        "base": .text { $0.base },
        "date": .text { $0.run.startedAt.text },
        "started": .text { $0.run.startedAt.exactText },
        "started_iso": .text { $0.run.startedAt.rfc3339 },
        "finished": .text { $0.run.finishedAt.exactText },
        "duration": .text {
            DurationText.of(milliseconds: $0.run.finishedAt.milliseconds - $0.run.startedAt.milliseconds)
        },
        "taken_at": .text { $0.run.snapshots.before.takenAt.exactText },
        "wal_position": .text { $0.run.snapshots.before.lsn },
        "database": .text { MarkdownEscaping.visible($0.run.database.name) },
        "database_user": .text { MarkdownEscaping.visible($0.run.database.user) },
        "server": .text { $0.server },
        "server_version": .text { $0.run.database.serverVersion },
        "system_identifier": .text { $0.run.database.systemIdentifier },
        "assay_version": .text { _ in assayVersion },
        "tiles": .list { TileView.all($0.report, checks: $0.checks) },
        "checks": .list { $0.checks },
        "statistics": .list { page in
            page.report.statistics.map { StatisticView(entry: $0, mode: page.run.mode, base: page.base) }
        },
        "users": .list { $0.users.rows },
        "top_users": .list { Array($0.users.rows.prefix(UsersView.markdownLimit)) },
        "user_columns": .list { $0.users.columns },
        "users_affected": .text { $0.users.affected.of("user") },
        "users_without_id": .text { $0.users.withoutUser },
        "users_more": .text { $0.users.more(than: $0.users.rows.count) },
        "top_users_more": .text { $0.users.more(than: UsersView.markdownLimit) },
        "violation_columns": .text { $0.report.repairs ? "3" : "2" },
        "measured": .text { page in
            let total = page.run.coverage.measured + page.run.coverage.notMeasured.count
            return "\(page.run.coverage.measured.grouped) of \(total.of("check"))"
        },
        "gaps": .list { GapView.all($0.report) },
        "documents": .list { $0.documents },
        "files": .list { FileView.all($0.run, base: $0.base) },
        "filter_script": .markup { $0.filterScript },
        "filter_script_digest": .text { FilterScript.digest($0.filterScript) },
    ])

    private var filterScript: String { templates.render(self, with: "partials/filter.js") }

    /// `host:port`, or the socket's folder.
    private var server: String {
        guard let host = run.database.host else { return "" }
        let place = host.hasPrefix("/") ? "socket \(host)" : host
        return MarkdownEscaping.visible(place) + (run.database.port.map { ", port \($0)" } ?? "")
    }
}
