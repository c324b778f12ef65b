import AuditModel
import CommonMark
import Templating
import Wording

/// A row of the table of users.
struct UserView: View {
    let user: Int
    let report: Report
    let figures: [UserFigureView]

    private var users: UserTallies { report.run.users }
    private var total: UserTallies.Tally { users.total(user: user) }

    /// The row stands for violations without a user.
    var isNobody: Bool { users.id(user).isEmpty }

    static let fields = Fields<UserView>([
        "name": .text { $0.users.name($0.user) },
        "is_nobody": .flag { $0.isNobody },
        // Beside a label only: without one the name is the id.
        "id": .text { view in
            (view.users.label(view.user) ?? "").isEmpty ? nil : MarkdownEscaping.visible(view.users.id(view.user))
        },
        "figures": .list { $0.figures },
        "before": .text { $0.total.before.grouped },
        "repaired": .text { abs($0.total.repaired).grouped },
        "gone": .text { $0.total.gone.grouped },
        "new": .text { $0.total.new.grouped },
        "after": .text { $0.total.after.grouped },
        "is_left": .flag { $0.total.after > 0 },
        "checks": .list { $0.checks },
    ])

    /// The checks that count the user, in the page's order.
    private var checks: [UserCheckView] {
        report.checks.compactMap { entry in
            guard let index = users.checks.firstIndex(of: entry.result.id) else { return nil }
            let tally = users.tally(check: index, user: user)
            guard tally != UserTallies.Tally() else { return nil }
            return UserCheckView(check: entry.result, tally: tally, hasBefore: report.repairs)
        }
    }
}

/// What a user has of one check.
struct UserCheckView: View {
    let check: CheckResult
    let tally: UserTallies.Tally
    let hasBefore: Bool

    static let fields = Fields<UserCheckView>([
        "id": .text { $0.check.id },
        "title": .text { MarkdownEscaping.visible($0.check.title) },
        "before": .text { $0.tally.before.grouped },
        "after": .text { $0.tally.after.grouped },
        // No line ends inside it.
        "count": .text {
            $0.tally.before == $0.tally.after || !$0.hasBefore
                ? $0.tally.after.grouped : "\($0.tally.before.grouped)\u{A0}→\u{A0}\($0.tally.after.grouped)"
        },
    ])
}
