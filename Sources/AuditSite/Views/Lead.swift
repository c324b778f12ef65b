import AuditModel
import CommonMark
import Templating
import Wording

/// How many violations there are and for whom, in a sentence or two below the verdict.
struct Lead {
    let text: String?
    let worst: WorstUsers
    /// What the figures do not say, whole sentences.
    let caveats: [CaveatView]

    init(_ report: Report) {
        text = Self.text(report)
        worst = WorstUsers(report.run.users)
        caveats = CaveatView.all(report)
    }

    private static func text(_ report: Report) -> String? {
        guard report.extentAfter != .nothing || report.extentBefore != .nothing else { return nil }
        if report.isUndo { return undo(report) }
        return report.repairs ? repair(report) : audit(report)
    }

    private static func audit(_ report: Report) -> String {
        let left = report.violationsAfter
        guard left.value > 0 else {
            return left.extent == .whole && report.notRun == 0
                ? "No violation was found." : "No violation was found in what was measured."
        }
        return "\(left.of("violation").capitalizedFirst) \(whose(report))."
    }

    /// Every violation of the beginning, and what became of it.
    private static func repair(_ report: Report) -> String {
        let totals = report.run.totals
        let before = report.violationsBefore
        if before.value == 0, totals.after == 0, (totals.new ?? 0) == 0 { return audit(report) }
        let were = before.value == 1 && before.extent == .whole ? "was" : "were"
        let found = "\(before.of("violation").capitalizedFirst) \(were) found"
        var parts = ["\((totals.repaired ?? 0).grouped) \(report.run.repairedWords)"]
        if let gone = totals.gone, gone > 0 { parts.append("\(gone.grouped) \(report.run.goneHeading.lowercased())") }
        let left = report.violationsAfter
        let end =
            switch (left.extent, left.value) {
            case (.nothing, _): "what is left is not known"
            case (.whole, 0): report.isRehearsal ? "none would be left" : "none left"
            default: "\(left.text) \(report.run.afterWords) \(whose(report))"
            }
        let new = totals.new ?? 0
        let meanwhile = new > 0 ? ", and \(new.of("new one", "new ones")) came up meanwhile" : ""
        let freed = report.isRehearsal ? 0 : report.usersFreed
        let done = freed == 0 ? "" : " \(freed.of("user has", "users have")) nothing left any more."
        return "\(found)\(meanwhile): \((parts + [end]).joined(separator: ", ")).\(done)"
    }

    private static func undo(_ report: Report) -> String {
        let (run, totals) = (report.run, report.run.totals)
        var parts = [
            "\(report.violationsBefore.of("violation")) before",
            "\((run.takenBack ?? 0).of("row")) \(run.repairedWords)",
        ]
        if let new = totals.new, new > 0 { parts.append("\(new.grouped) \(run.newHeading.lowercased())") }
        if let gone = totals.gone, gone > 0 { parts.append("\(gone.grouped) \(run.goneHeading.lowercased())") }
        let left = report.violationsAfter
        let end =
            switch (left.extent, left.value) {
            case (.nothing, _): "what is there now is not known"
            case (.whole, 0): report.isRehearsal ? "no violation would be there" : "no violation now"
            default:
                report.isRehearsal
                    ? "\(left.of("violation")) would be there \(whose(report))"
                    : "\(left.of("violation")) now \(whose(report))"
            }
        return "\((parts + [end]).joined(separator: ", ").capitalizedFirst)."
    }

    private static func whose(_ report: Report) -> String {
        let run = report.run
        let nobody = run.users.index(of: "").map { run.users.total(user: $0).after } ?? 0
        let users = report.usersAfter.of("user")
        return switch (run.totals.usersAfter, nobody) {
        case (0, _): "without a user"
        case (_, 0): "for \(users)"
        default: "(\((run.totals.after - nobody).grouped) for \(users), \(nobody.grouped) without a user)"
        }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
