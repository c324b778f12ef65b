package import AuditModel
import Wording

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

    /// What the fix writes, and what it must not exceed.
    private static func what(_ fix: FixSummary?) -> String {
        guard let fix, let table = fix.table else { return "." }
        let verb = fix.statement?.split(whereSeparator: \.isWhitespace).first?.uppercased()
        let act =
            switch verb {
            case "INSERT": "it inserts rows into \(table)"
            case "DELETE": "it deletes rows from \(table)"
            default: "it changes rows of \(table)"
            }
        let limits = [
            fix.limitRows.map { $0.of("row") }, fix.limitShare.map { "\(Int(($0 * 100).rounded())) % of the rows" },
        ].compactMap { $0 }
        let bound = limits.isEmpty ? "without a limit" : "and refuses more than \(limits.joined(separator: " or "))"
        return ": \(act), \(bound). Each repair is proved, journalled and can be taken back. "
            + "It ends when the fix is taken out of the check file."
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
                decision: "assay runs the fix of the check \(check.id)" + what(check.fix),
                impact: "\(repaired.of("row")) repaired\(users) by this run; "
                    + "\((check.after ?? 0).of("violation")) left.",
                documentation: check.documentation
            )
        }
    }
}
