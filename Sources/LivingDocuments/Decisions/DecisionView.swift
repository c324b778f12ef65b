import AuditModel
import Templating

/// An entry of a DECISIONS document.
struct DecisionView: EntryView {
    let context: EntryContext
    let decision: Decision
    let prose: CheckProse

    static let fields: Fields<DecisionView> = entryFields([
        "title": .text { $0.decision.title.shortened(to: 200) },
        "check": .text { $0.decision.check },
        "decision": .text { $0.decision.decision },
        "rationale": .markup { $0.prose.symptom },
        "root_cause": .markup { $0.prose.cause },
        "expectation": .markup { $0.prose.expectation },
        "impact": .text { $0.decision.impact },
    ])
}
