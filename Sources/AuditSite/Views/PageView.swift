import AuditModel
import CommonMark
import Templating

/// The outermost scope of a page about one run.
struct PageView: View {
    let report: Report
    /// The way from the page to the run's folder: empty, or `runs/RUN/`.
    let base: String
    /// The way from the page to the report of the run that this one took back; nil when there is none.
    let undoneReport: String?
    let documents: [DocumentView]
    let templates: Templates
    let verdict: String
    let lead: Lead
    let checks: [CheckView]
    let users: UsersView

    var run: Run { report.run }

    init(_ report: Report, base: String, undoneReport: String?, documents: [DocumentView], templates: Templates) {
        self.report = report
        self.base = base
        self.undoneReport = undoneReport
        self.documents = documents
        self.templates = templates
        verdict = Verdict.of(report)
        lead = Lead(report)
        checks = report.checks.map { CheckView(entry: $0, report: report, base: base) }
        users = UsersView(report)
    }

    static let fields = Fields<PageView>(
        [
            "suite_title": .text { MarkdownEscaping.visible($0.run.suite.title) },
            "verdict": .text { $0.verdict },
            "lead": .text { $0.lead.text },
            "worst_users_introduction": .text { $0.lead.worst.introduction },
            "worst_users": .list { $0.lead.worst.users },
            "worst_users_tie": .text { $0.lead.worst.tie },
            "caveats": .list { $0.lead.caveats },
            "tiles": .list { TileView.all($0.report) },
            "commands": .list { CommandView.all($0.run.commands) },
            "checks": .list { $0.checks },
            "gone_note": .text { $0.goneNote },
            "statistics": .list { page in
                page.report.statistics.map { StatisticView(entry: $0, report: page.report, base: page.base) }
            },
            "users": .list { $0.users.rows },
            "top_users": .list { Array($0.users.rows.prefix(UsersView.markdownLimit)) },
            "user_columns": .list { $0.users.columns },
            "users_affected": .text { $0.users.affected },
            "users_without_id": .text { $0.users.withoutUser },
            "users_more": .text { $0.users.more(than: $0.users.rows.count) },
            "top_users_more": .text { $0.users.more(than: UsersView.markdownLimit) },
            "users_searched": .text { $0.users.searched },
            "users_not_searched": .text { $0.users.notSearched },
            "has_filter": .flag { $0.users.rows.count > 1 },
            "violation_columns": .text { page in
                String(3 + [page.report.showsGone, page.report.showsNew].count { $0 })
            },
            "filter_script": .markup { $0.filterScript },
            "filter_script_digest": .text { FilterScript.digest($0.filterScript) },
        ],
        mode,
        provenance
    )

    /// What the column of what is gone counts: its heading alone tells nobody with what it went.
    private var goneNote: String? {
        guard report.showsGone, !report.isUndo, (run.totals.repaired ?? 0) > 0 else { return nil }
        let (ended, cause) =
            report.isRehearsal
            ? ("would end", "would take away what causes them") : ("ended", "took away what caused them")
        return "“\(run.goneHeading)” counts violations that \(ended) without a repair of their own, most often because "
            + "the repair of another check \(cause)."
    }

    private var filterScript: String { templates.render(self, with: "partials/filter.js") }
}

extension Report {
    /// Something ended besides the repairs, and has a column.
    var showsGone: Bool { (run.totals.gone ?? 0) != 0 }

    /// Something came up while the run was at work, and has a column.
    var showsNew: Bool { (run.totals.new ?? 0) != 0 }
}
