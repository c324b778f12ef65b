import AuditModel
import Templating
import Wording

/// One of the large figures at the top of a page.
struct TileView: View {
    let label: String
    /// Nil when there is only one value.
    var before: String?
    let value: String
    var note: String?
    var tone = Tone.quiet

    static let fields = Fields<TileView>([
        "label": .text { $0.label },
        "before": .text { $0.before },
        "value": .text { $0.value },
        "note": .text { $0.note },
        "tone": .text { $0.tone.rawValue },
    ])

    static func all(_ report: Report) -> [TileView] {
        // A run of nothing but statistics has no violations to count.
        let counts = report.checks.contains { $0.standing != .notRun } ? [violations(report), users(report)] : []
        return counts + [repair(report)].compactMap { $0 } + limited(report)
    }

    private static func violations(_ report: Report) -> TileView {
        TileView(
            label: "Violations",
            before: report.repairs ? report.violationsBefore.text : nil,
            value: report.violationsAfter.text,
            note: report.repairs ? change(report) : found(report),
            tone: report.extentAfter == .whole ? .quiet : .unknown
        )
    }

    /// Such as `found by 9 of 13 checks`.
    private static func found(_ report: Report) -> String? {
        let asked = report.checks.filter { $0.standing != .notRun }
        let finding = asked.count { ($0.result.after ?? 0) > 0 }
        guard finding > 0 else { return report.extentAfter == .nothing ? "nothing could be measured" : nil }
        return finding == asked.count && finding == 1
            ? "found by the one check" : "found by \(finding.grouped) of \(asked.count.of("check"))"
    }

    /// Such as `35 repaired, 8 gone with them`.
    private static func change(_ report: Report) -> String {
        let (run, totals) = (report.run, report.run.totals)
        var parts = ["\(abs(totals.repaired ?? 0).grouped) \(run.repairedWords)"]
        if let gone = totals.gone, gone > 0 { parts.append("\(gone.grouped) \(run.goneHeading.lowercased())") }
        if let new = totals.new, new > 0 { parts.append("\(new.grouped) \(run.newHeading.lowercased())") }
        return parts.joined(separator: ", ")
    }

    private static func users(_ report: Report) -> TileView {
        let freed = report.usersFreed
        let isNews = report.repairs && !report.isUndo && freed > 0
        return TileView(
            label: "Users affected",
            before: report.repairs ? report.usersBefore.text : nil,
            value: report.usersAfter.text,
            note: isNews
                ? "\(freed.grouped) \(report.isRehearsal ? "would have" : freed == 1 ? "has" : "have") nothing left any more"
                : nil,
            tone: report.extentAfter == .whole ? .quiet : .unknown
        )
    }

    /// Figures that have a limit are the ones that somebody watches.
    private static func limited(_ report: Report) -> [TileView] {
        report.statistics.flatMap(\.result.figures).compactMap { figure in
            guard let limit = figure.limit, limit.error != nil || limit.warning != nil else { return nil }
            let (before, after) = (figure.text(figure.before), figure.text(figure.after))
            // Repairs can change what a figure counts: then it has not become better by itself.
            let moment = report.isUndo ? "before taking back" : "before the repair"
            let change = report.repairs && before != after ? "\(moment): \(before); " : ""
            return TileView(
                label: figure.heading,
                value: after.unbroken,
                note: (change + (figure.limitText(report.run.users) ?? "")).unbroken,
                tone: limit.broken == .error
                    ? .bad
                    : limit.broken == .warning
                        ? .warning
                        : figure.after == nil ? .unknown : .quiet
            )
        }
    }
}
