import AuditModel
import CommonMark
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

    private var style: DateStyle { context.form.style ?? .iso }

    private var counts: BugCounts {
        BugCounts(
            finding: finding,
            events: history.events(of: context.run.id),
            previous: previous,
            lastClear: history.events.last { $0.kind == .resolved && $0.run != context.run.id }
                .map { event in
                    let date = CalendarDate(event.run)
                    let isSameDay = date == CalendarDate(context.run.id)
                    return style.text(of: date) + (isSameDay ? " \(event.run.timeText)" : "")
                },
            repairedWord: context.repairedWord,
            goneWords: context.goneWords(of: finding),
            newWord: context.newHeading.lowercased(),
            isRehearsal: context.isRehearsal
        )
    }

    /// It was found and resolved by one run, whose report has the rest.
    private var isBrief: Bool {
        let kinds = history.events(of: context.run.id).map(\.kind)
        return history.status == .resolved && (kinds.contains(.opened) || kinds.contains(.regressed))
    }

    private func link(_ run: RunID) -> String? {
        context.links?.page(of: run, check: finding.id, isStatistic: finding.isStatistic)
    }

    static let fields: Fields<BugView> = entryFields([
        "title": .text { $0.finding.title.shortened(to: 200) },
        "check": .text { $0.finding.id },
        "severity": .text { $0.finding.severity.rawValue },
        "status": .text { $0.history.status.text($0.context.hasEmoji) },
        "is_resolved": .flag { $0.history.status == .resolved },
        "is_brief": .flag { $0.isBrief },
        "symptom": .markup { $0.prose.symptom },
        "root_cause": .markup { $0.prose.cause },
        "by_hand": .markup { $0.history.isOpen ? $0.prose.byHand : nil },
        "repair_command": .markup { view in
            view.history.isOpen ? RepairCommand.of(view.finding, in: view.context.run).map(MarkdownEscaping.code) : nil
        },
        "refusal": .text { $0.history.isOpen ? $0.finding.refusal?.shortened(to: 300) : nil },
        "check_link": .markup { $0.link($0.context.run.id) },
        "counted": .text { $0.counts.label },
        "counts": .text { $0.counts.text },
        "has_change": .flag { $0.counts.hasChange },
        "has_repair": .flag { $0.counts.hasRepair },
        "before": .text { $0.finding.before.grouped },
        "repaired": .text { abs($0.finding.repaired ?? 0).grouped },
        "after": .text { $0.finding.after.grouped },
        "gone": .text { ($0.finding.gone ?? 0) > 0 ? ($0.finding.gone ?? 0).grouped : nil },
        "new": .text { ($0.finding.new ?? 0) > 0 ? ($0.finding.new ?? 0).grouped : nil },
        "has_gone": .flag { $0.users.rows.contains { $0.tally.gone > 0 } },
        "has_new": .flag { $0.users.rows.contains { $0.tally.new > 0 } },
        "previous": .text { $0.previous?.grouped },
        "has_users": .flag { $0.finding.usersBefore != nil },
        "users_before": .text { ($0.finding.usersBefore ?? 0).grouped },
        "users_after": .text { ($0.finding.usersAfter ?? 0).grouped },
        "has_history": .flag { !$0.isBrief || $0.history.events.count > 2 },
        "history": .list { view in BugStep.all(view.history, style: view.style) { view.link($0) } },
        "can_undo": .flag { ($0.finding.repaired ?? 0) > 0 && $0.context.undoCommand != nil },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}
