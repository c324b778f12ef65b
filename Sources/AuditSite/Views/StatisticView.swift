import AuditModel
import CommonMark
import Templating

/// One statistic with its figures.
struct StatisticView: View {
    let entry: Report.Entry<StatisticResult>
    let report: Report
    let base: String

    private var result: StatisticResult { entry.result }

    static let fields = Fields<StatisticView>([
        "id": .text { $0.result.id },
        "title": .text { MarkdownEscaping.visible($0.result.title) },
        "status": .text { $0.status },
        "symbol": .text { $0.hasLimits || !$0.entry.standing.isMeasured ? $0.entry.standing.symbol : "·" },
        "tone": .text { $0.tone.rawValue },
        "is_quiet": .flag { $0.entry.standing == .notRun },
        "reason": .text { $0.reason.text },
        "reason_parts": .list { $0.reason.parts },
        "reason_markdown": .markup { $0.reason.markdown },
        "figures": .list { view in
            view.result.figures.map { FigureView(figure: $0, tallies: view.report.run.users) }
        },
        "has_limits": .flag { $0.hasLimits },
        "is_of_users": .flag { $0.result.user != nil },
        "duration": .text { $0.entry.standing.isMeasured ? DurationText.of(seconds: $0.result.seconds) : nil },
        "documentation_html": .markup { Documentation.html($0.result.documentation) },
        "documentation_markdown": .markup { Documentation.markdown($0.result.documentation) },
        "query": .text { $0.result.query },
        "query_markdown": .markup { Documentation.fence($0.result.query, language: "sql") },
        "csv": .text {
            $0.result.user != nil && $0.entry.standing.isMeasured ? "\($0.base)figures/\($0.result.id).csv" : nil
        },
    ])

    private var reason: Remark { Remark(entry.reason ?? "") }

    private var tone: Tone { hasLimits || !entry.standing.isMeasured ? entry.standing.tone(report) : .quiet }

    private var hasLimits: Bool { result.figures.contains { $0.limit != nil } }

    /// Without a limit there is nothing to keep or to break.
    private var status: String {
        switch entry.standing {
        case .clear, .repaired, .empty: hasLimits ? "Within its limits" : "Measured"
        case .failing: "Past its error limit"
        case .warning: "Past its warning limit"
        case .info, .refused, .rolledBack, .partlyRepaired, .notMeasured, .notMeasuredAgain, .notRun:
            entry.standing.label(report)
        }
    }
}

/// A row of a statistic's table.
struct FigureView: View {
    let figure: Figure
    /// Know the labels of users.
    let tallies: UserTallies

    static let fields = Fields<FigureView>([
        "name": .text { $0.figure.heading },
        "before": .text { $0.figure.text($0.figure.before).unbroken },
        "after": .text { $0.figure.text($0.figure.after).unbroken },
        "limit": .text { $0.figure.limitText($0.tallies)?.unbroken },
        "is_kept": .flag { $0.figure.limit != nil && $0.figure.limit?.broken == nil && $0.figure.after != nil },
        "is_broken": .flag { $0.figure.limit?.broken != nil },
        "tone": .text { $0.figure.limit?.broken == .error ? "bad" : "warning" },
        "broken": .text { $0.figure.limit?.broken?.rawValue },
    ])
}
