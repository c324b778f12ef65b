import AuditModel
import Templating
import Wording

/// An entry of a BUGS document.
struct BugView: EntryView {
    let context: EntryContext
    let finding: Finding
    let history: BugHistory
    /// What was left when the entry was last written; nil for a new one.
    let previous: Int?
    let prose: CheckProse
    let users: UserRows

    static let fields: Fields<BugView> = entryFields([
        "title": .text { $0.finding.title.shortened(to: 200) },
        "check": .text { $0.finding.id },
        "severity": .text { $0.finding.severity.rawValue },
        "status": .text { view in
            let status = view.history.status
            return view.context.hasEmoji ? "\(status.sign) \(status.word)" : status.word
        },
        "is_resolved": .flag { $0.history.last == .resolved },
        "symptom": .markup { $0.prose.symptom ?? "the check finds what should not be there." },
        "root_cause": .markup { $0.prose.cause },
        "counted": .text { $0.finding.isStatistic ? "Figures past a limit" : "Violations" },
        "before": .text { $0.finding.before.grouped },
        "repaired": .text { abs($0.finding.repaired ?? 0).grouped },
        "after": .text { $0.finding.after.grouped },
        "gone": .text { ($0.finding.gone ?? 0) > 0 ? ($0.finding.gone ?? 0).grouped : nil },
        "new": .text { ($0.finding.new ?? 0) > 0 ? ($0.finding.new ?? 0).grouped : nil },
        "has_gone": .flag { $0.users.rows.contains { $0.tally.gone > 0 } },
        "previous": .text { $0.previous?.grouped },
        "has_users": .flag { $0.finding.usersBefore != nil },
        "users_before": .text { ($0.finding.usersBefore ?? 0).grouped },
        "users_after": .text { ($0.finding.usersAfter ?? 0).grouped },
        "history": .list { view in view.history.events.map { BugEventView(event: $0.event, run: $0.run) } },
        "can_undo": .flag { ($0.finding.repaired ?? 0) > 0 && !$0.context.isRehearsal },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}
