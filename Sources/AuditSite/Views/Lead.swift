import AuditModel
import CommonMark

/// What is broken and for whom, in a sentence or two below the verdict.
struct Lead {
    let text: String
    /// The users with most of it, worst first.
    let users: [WorstUserView]
    /// What the figures leave out.
    let caveat: String?

    init(_ report: Report) {
        let run = report.run
        let left = run.totals.after
        let mine = (0..<run.users.count).first { run.users.id($0).isEmpty }
        let nobodys = mine.map { run.users.total(user: $0).after } ?? 0
        users = run.users.ranked(limit: 3).filter { !run.users.id($0).isEmpty && run.users.total(user: $0).after > 0 }
            .map { WorstUserView(name: run.users.name($0), violations: run.users.total(user: $0).after) }
        var text = ""
        if left > 0 {
            let found = left.of("violation")
            let rest = run.mode == .audit ? "" : run.mode == .fix ? " left" : " would be left"
            switch run.totals.usersAfter {
            case 0: text = "\(found)\(rest), of no particular user"
            case 1: text = "\(found)\(rest), \(nobodys == 0 ? "" : "\((left - nobodys).grouped) of \(left == 1 ? "it" : "them") ")for one user"
            case let count: text = "\(found)\(rest) for \(count.of("user"))"
            }
            if nobodys > 0, run.totals.usersAfter > 1 { text += ", \(nobodys.grouped) of no particular user" }
            if run.totals.usersAfter > users.count { text += ", most for" } else if !users.isEmpty { text += ":" }
        } else if run.totals.before > 0, run.mode != .audit {
            text = "\(run.totals.before.of("violation")) \(run.mode == .fix ? "found and repaired" : "would be repaired")"
        } else if !report.checks.isEmpty {
            text = "No violation was found"
        }
        self.text = text
        let missing = run.coverage.notMeasured.count
        caveat =
            missing == 0
            ? nil
            : "\(missing.of("check is", "checks are")) not in the figures, because \(missing == 1 ? "it" : "they") could not be measured."
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
