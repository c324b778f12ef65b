import AuditModel
import Templating
import Wording

/// An entry of a PROGRESS document.
struct ProgressView: EntryView {
    /// The most changes that the entry names.
    static let changesShown = 5

    let context: EntryContext
    let verdict: String
    let changes: [ProgressChange]
    let since: RunID?
    let users: UserRows
    let gaps: [String]
    /// What is still violated, in the suite's order.
    let failing: [Finding]

    private var run: Run { context.run }

    static let fields: Fields<ProgressView> = entryFields([
        "verdict": .text { $0.verdict },
        "symbol": .text { view in
            switch view.run.outcome {
            case .clear: "✅"
            case .violations, .notRepaired: "🔴"
            case .incomplete: "⚠️"
            }
        },
        "before": .text { $0.run.totals.before.grouped },
        "repaired": .text { abs($0.run.totals.repaired ?? 0).grouped },
        "after": .text { $0.run.totals.after.grouped },
        "gone": .text { ($0.run.totals.gone ?? 0) > 0 ? ($0.run.totals.gone ?? 0).grouped : nil },
        "new": .text { ($0.run.totals.new ?? 0) > 0 ? ($0.run.totals.new ?? 0).grouped : nil },
        "has_gone": .flag { $0.users.rows.contains { $0.tally.gone > 0 } },
        "has_new": .flag { $0.users.rows.contains { $0.tally.new > 0 } },
        "users_before": .text { $0.run.totals.usersBefore.grouped },
        "users_after": .text { $0.run.totals.usersAfter.grouped },
        "changes": .list { Array($0.changes.prefix(Self.changesShown)) },
        "changes_more": .text { view in
            view.changes.count > Self.changesShown ? (view.changes.count - Self.changesShown).grouped : nil
        },
        "failing": .list { $0.failing.prefix(Self.changesShown).map(FailingView.init) },
        "failing_more": .text { view in
            view.failing.count > Self.changesShown ? (view.failing.count - Self.changesShown).grouped : nil
        },
        "since": .text { $0.since?.description },
        "not_measured": .text { view in
            guard let first = view.gaps.first else { return nil }
            return view.gaps.count == 1 ? first : "\(first), and \((view.gaps.count - 1).of("other"))"
        },
        "failing_word": .text { $0.context.isRehearsal ? "Would still fail" : "Still failing" },
        "can_undo": .flag { ($0.run.totals.repaired ?? 0) > 0 && $0.context.undoCommand != nil },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}

/// A check that is still violated, by name.
struct FailingView: View {
    let finding: Finding

    static let fields = Fields<FailingView>([
        "title": .text { $0.finding.title.shortened(to: 200) },
        "count": .text { $0.finding.after.grouped },
        "users": .text { view in (view.finding.usersAfter ?? 0) > 0 ? view.finding.usersAfter?.of("user") : nil },
    ])
}
