import AuditModel
import Templating

/// One of the large figures at the top of a page.
struct TileView: View {
    let label: String
    /// Nil when there is only one value.
    var before: String?
    let value: String
    let note: String
    var tone = Tone.quiet

    static let fields = Fields<TileView>([
        "label": .text { $0.label },
        "before": .text { $0.before },
        "value": .text { $0.value },
        "note": .text { $0.note },
        "tone": .text { $0.tone.rawValue },
    ])

    static func all(_ report: Report, checks: [CheckView]) -> [TileView] {
        let run = report.run
        let when =
            switch run.mode {
            case .audit: "before and after: an audit changes nothing"
            case .fix: "before and after this run"
            case .dryRun: run.undoes == nil ? "before, and after a fix" : "before, and after taking back"
            case .undo: "before and after taking back"
            }
        var tiles = [
            TileView(
                label: "Violations",
                before: run.totals.before.grouped,
                value: run.totals.after.grouped,
                note: when
            ),
            TileView(
                label: "Users affected",
                before: run.totals.usersBefore.grouped,
                value: run.totals.usersAfter.grouped,
                note: "before and after"
            ),
        ]
        if let repair = repair(report) { tiles.append(repair) }
        return tiles + limited(report)
    }

    private static func repair(_ report: Report) -> TileView? {
        let run = report.run
        let repairing = report.checks.map(\.result).filter { ($0.repaired ?? 0) > 0 }
        if let takenBack = run.takenBack {
            return TileView(
                label: run.repairedHeading,
                value: takenBack.grouped,
                note: "\(takenBack == 1 ? "row" : "rows") that an earlier run had repaired"
            )
        }
        switch run.mode {
        case .fix, .dryRun, .undo:
            return TileView(
                label: run.repairedHeading,
                value: (run.totals.repaired ?? 0).grouped,
                note: repairing.isEmpty ? "by no check" : "by \(repairing.count.of("check"))"
            )
        case .audit:
            let repairable = report.checks.map(\.result).filter { $0.fix != nil && ($0.after ?? 0) > 0 }
            guard !repairable.isEmpty else { return nil }
            return TileView(
                label: "Could be repaired",
                value: repairable.reduce(0) { $0 + ($1.after ?? 0) }.grouped,
                note: "by \(repairable.count.of("check")) with a fix"
            )
        }
    }

    /// Figures that have a limit are the ones that somebody watches.
    private static func limited(_ report: Report) -> [TileView] {
        report.statistics.flatMap(\.result.figures).compactMap { figure in
            guard let limit = figure.limit, limit.error != nil || limit.warning != nil else { return nil }
            let before = figure.text(figure.before)
            let after = figure.text(figure.after)
            return TileView(
                label: figure.heading,
                before: before == after ? nil : before,
                value: after,
                note: LimitText.of(limit, isShare: figure.isShare),
                tone: limit.broken == .error ? .bad : limit.broken == nil ? .quiet : .warning
            )
        }
    }
}
