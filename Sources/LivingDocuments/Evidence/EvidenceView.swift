import AuditModel
import Templating

/// The proof of a fix, under a bug's entry.
struct EvidenceView: EntryView {
    let context: EntryContext
    let verdict: String
    let repaired: [RepairedKeys]
    let users: UserRows

    private var run: Run { context.run }

    static let fields: Fields<EvidenceView> = entryFields([
        "verdict": .text { $0.verdict },
        "before": .text { $0.run.totals.before.grouped },
        "repaired": .text { ($0.run.totals.repaired ?? 0).grouped },
        "after": .text { $0.run.totals.after.grouped },
        "users_before": .text { $0.run.totals.usersBefore.grouped },
        "users_after": .text { $0.run.totals.usersAfter.grouped },
        "checks": .list { view in view.run.checks.filter { ($0.before ?? 0) > 0 }.map { EvidenceCheckView(check: $0) }
        },
        "keys": .list { view in view.repaired.map { EvidenceKeysView(repaired: $0) } },
        "can_undo": .flag { ($0.run.totals.repaired ?? 0) > 0 },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}

/// A check that found something.
struct EvidenceCheckView: View {
    let check: CheckResult

    static let fields = Fields<EvidenceCheckView>([
        "id": .text { $0.check.id },
        "title": .text { $0.check.title.shortened(to: 200) },
        "before": .text { ($0.check.before ?? 0).grouped },
        "repaired": .text { ($0.check.repaired ?? 0).grouped },
        "after": .text { ($0.check.after ?? 0).grouped },
    ])
}

/// The rows that a check's fix wrote.
struct EvidenceKeysView: View {
    static let limit = 10

    let repaired: RepairedKeys

    private var shown: ArraySlice<String> { repaired.keys.prefix(Self.limit) }

    static let fields = Fields<EvidenceKeysView>([
        "check": .text { $0.repaired.check },
        "keys": .text { $0.shown.map { $0.shortened(to: 100) }.joined(separator: ", ") },
        "more": .text { $0.repaired.count > $0.shown.count ? ($0.repaired.count - $0.shown.count).grouped : nil },
    ])
}
