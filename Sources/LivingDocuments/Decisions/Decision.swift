package import AuditModel

/// Something that was decided by running assay, to be written down once.
package struct Decision: Sendable, Hashable {
    /// What tells it from other decisions about the same check, such as `repair`.
    package var kind: String
    package var check: String
    package var title: String
    package var decision: String
    package var impact: String
    /// The check's prose, as Markdown.
    package var documentation: String

    package init(kind: String, check: String, title: String, decision: String, impact: String, documentation: String) {
        self.kind = kind
        self.check = check
        self.title = title
        self.decision = decision
        self.impact = impact
        self.documentation = documentation
    }

    /// The repair policies that a run used.
    package static func repairs(in run: Run) -> [Decision] {
        if run.mode == .audit { return [] }
        return run.checks.compactMap { check in
            guard let repaired = check.repaired, repaired > 0 else { return nil }
            let users = check.usersBefore.map { " for \($0.of("user"))" } ?? ""
            return Decision(
                kind: "repair",
                check: check.id,
                title: "Repair automatically: \(check.title)",
                decision: "assay mends what the check \(check.id) finds, with the fix that the check file gives.",
                impact: "\(repaired.of("violation")) mended\(users) the first time; "
                    + "\((check.after ?? 0).grouped) left.",
                documentation: check.documentation
            )
        }
    }
}
