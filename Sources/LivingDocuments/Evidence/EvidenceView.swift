import AuditModel
import Templating
import Wording

/// The proof of a fix, under a bug's entry.
struct EvidenceView: EntryView {
    let context: EntryContext
    let verdict: String
    let repaired: [RepairedKeys]
    let users: UserRows

    private var run: Run { context.run }

    private var checks: EvidenceChecks { EvidenceChecks(run, repaired, page: context.links?.page(of: run.id)) }

    static let fields: Fields<EvidenceView> = entryFields([
        "verdict": .text { $0.verdict },
        "before": .text { $0.run.totals.before.grouped },
        "repaired": .text { ($0.run.totals.repaired ?? 0).grouped },
        "after": .text { $0.run.totals.after.grouped },
        "gone": .text { ($0.run.totals.gone ?? 0) > 0 ? ($0.run.totals.gone ?? 0).grouped : nil },
        "new": .text { ($0.run.totals.new ?? 0) > 0 ? ($0.run.totals.new ?? 0).grouped : nil },
        "has_gone": .flag { $0.users.rows.contains { $0.tally.gone > 0 } },
        "users_before": .text { $0.run.totals.usersBefore.grouped },
        "users_after": .text { $0.run.totals.usersAfter.grouped },
        "checks": .list { $0.checks.shown },
        "checks_more": .text { $0.checks.more > 0 ? $0.checks.more.of("other check") : nil },
        "can_undo": .flag { ($0.run.totals.repaired ?? 0) > 0 },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}
