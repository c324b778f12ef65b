import AuditModel
import Templating
import Wording

/// An entry of a DECISIONS document: all repairs that a run was the first to use.
struct DecisionView: EntryView {
    let context: EntryContext
    let decisions: [Decision]

    private var run: Run { context.run }

    private var title: String {
        let others = decisions.count - 1
        let first = (decisions.first?.title ?? "").shortened(to: 200)
        if others == 1, let last = decisions.last { return "\(first), and \(last.title.shortened(to: 200))" }
        return others > 0 ? "\(first), and what \(others.of("other check")) find" : first
    }

    private var impact: String {
        let rows = decisions.reduce(0) { $0 + $1.repaired }
        let left = decisions.reduce(0) { $0 + $1.left }
        let users = run.users.count(ofUsersRepairedBy: decisions.map(\.check))
        let whose = users > 0 ? " for \(users.of("user"))" : ""
        return context.isRehearsal
            ? "\(rows.of("row")) would be repaired\(whose) by this run; \(left.of("violation")) would be left."
            : "\(rows.of("row")) repaired\(whose) by this run; \(left.of("violation")) left."
    }

    static let fields: Fields<DecisionView> = entryFields([
        "title": .text { "Repair automatically: \($0.title)" },
        "database_user": .text { $0.run.database.user },
        "decisions": .list { $0.decisions.map(DecisionPartView.init) },
        "is_one": .flag { $0.decisions.count == 1 },
        "impact": .text { $0.impact },
    ])
}

/// One check's repair in an entry.
struct DecisionPartView: View {
    let decision: Decision
    private let prose: CheckProse

    init(_ decision: Decision) {
        self.decision = decision
        prose = CheckProse(decision.documentation)
    }

    static let fields = Fields<DecisionPartView>([
        "title": .text { $0.decision.title.shortened(to: 200) },
        "check": .text { $0.decision.check },
        "act": .text { $0.decision.act },
        "rationale": .markup { $0.prose.repair ?? $0.prose.expectation ?? $0.prose.symptom },
        "root_cause": .markup { $0.prose.cause },
        "expectation": .markup { $0.prose.expectation },
    ])
}

extension UserTallies {
    /// How many users had violations repaired of some checks.
    func count(ofUsersRepairedBy wanted: [String]) -> Int {
        let own = wanted.compactMap { checks.firstIndex(of: $0) }
        return (0..<count).count { user in
            !id(user).isEmpty && own.contains { tally(check: $0, user: user).repaired > 0 }
        }
    }
}
