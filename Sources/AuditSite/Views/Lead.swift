import AuditModel
import CommonMark
import Templating

/// What is broken and for whom, in a sentence or two below the verdict.
struct Lead {
    let text: String?
    /// The users with most of it, worst first.
    let users: [WorstUserView]
    let usersIntroduction: String
    /// What the figures leave out.
    let caveat: String?

    init(_ report: Report) {
        let run = report.run
        users = run.users.ranked(limit: 3)
            .filter { !run.users.id($0).isEmpty && run.users.total(user: $0).after > 0 }
            .map { WorstUserView(name: run.users.name($0), violations: run.users.total(user: $0).after) }
        usersIntroduction = run.totals.usersAfter > users.count ? "Most affected:" : "Affected:"
        text = Self.text(report)
        let missing = run.coverage.notMeasured.count
        caveat =
            missing == 0
            ? nil
            : "\(missing.of("check is", "checks are")) not, or not wholly, in the figures, because "
                + "\(missing == 1 ? "it" : "they") could not be measured."
    }

    private static func text(_ report: Report) -> String? {
        let run = report.run
        let left = run.totals.after
        guard left > 0 else {
            if report.checks.isEmpty { return nil }
            if run.totals.before == 0 {
                let everything = run.coverage.notMeasured.isEmpty
                return everything ? "No violation was found." : "No violation was found in what was measured."
            }
            let found = run.totals.before.of("violation")
            if run.undoes != nil {
                return run.mode == .dryRun ? "No violation would be there." : "No violation is left."
            }
            return run.mode == .dryRun ? "\(found) would be repaired." : "\(found) found and repaired."
        }
        let state =
            switch run.mode {
            case .audit: ""
            case .fix: " left"
            case .dryRun: run.undoes == nil ? " would be left" : " would be there"
            case .undo: " now"
            }
        let nobody = run.users.index(of: "").map { run.users.total(user: $0).after } ?? 0
        let users = run.totals.usersAfter.of("user")
        let whose =
            switch (run.totals.usersAfter, nobody) {
            case (0, _): "of no particular user"
            case (_, 0): "for \(users)"
            default: "\((left - nobody).grouped) for \(users) and \(nobody.grouped) of no particular user"
            }
        let comma = nobody > 0 && run.totals.usersAfter > 0 ? ":" : ""
        return "\(left.of("violation"))\(state)\(comma) \(whose)."
    }
}

/// A user in the first sentence of a page.
struct WorstUserView: View {
    let name: String
    let violations: Int

    static let fields = Fields<WorstUserView>([
        "name": .text { $0.name },
        "violations": .text { $0.violations.grouped },
    ])
}

extension UserTallies {
    /// The label, or else the id.
    func name(_ user: Int) -> String {
        let label = label(user) ?? ""
        return MarkdownEscaping.visible(label.isEmpty ? id(user) : label)
    }
}
