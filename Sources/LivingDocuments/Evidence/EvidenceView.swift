import AuditModel
import Templating
import Wording

/// The proof of a fix, under a bug's entry.
struct EvidenceView: EntryView {
    let context: EntryContext
    let verdict: String
    let repaired: [RepairedKeys]
    /// The only checks that the evidence is of; all of the run's when nil.
    let named: [String]?
    let figures: EvidenceFigures
    let users: UserRows

    private var run: Run { context.run }

    private var checks: EvidenceChecks {
        EvidenceChecks(run, named, repaired) { context.links?.page(of: run.id, check: $0) }
    }

    static let fields: Fields<EvidenceView> = entryFields([
        "verdict": .text { $0.verdict },
        "is_of_all": .flag { $0.named == nil },
        "before": .text { $0.figures.before.grouped },
        "repaired": .text { abs($0.figures.repaired).grouped },
        "is_fix": .flag { $0.figures.repaired > 0 },
        "after": .text { $0.figures.after.grouped },
        "gone": .text { $0.figures.gone > 0 ? $0.figures.gone.grouped : nil },
        "new": .text { $0.figures.new > 0 ? $0.figures.new.grouped : nil },
        "has_gone": .flag { $0.users.rows.contains { $0.tally.gone > 0 } },
        "has_new": .flag { $0.users.rows.contains { $0.tally.new > 0 } },
        "users_before": .text { $0.figures.usersBefore.grouped },
        "users_after": .text { $0.figures.usersAfter.grouped },
        "checks": .list { $0.checks.shown },
        "checks_more": .text { $0.checks.more > 0 ? $0.checks.more.of("other check") : nil },
        "can_undo": .flag { $0.figures.repaired > 0 && $0.context.undoCommand != nil },
        "users": .list { $0.users.rows },
        "users_more": .text { $0.users.more > 0 ? $0.users.more.grouped : nil },
    ])
}
