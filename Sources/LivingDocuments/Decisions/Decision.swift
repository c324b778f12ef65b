package import AuditModel
import Wording

/// Something that was decided by running assay, to be written down once for each check.
package struct Decision: Sendable, Hashable {
    /// What tells it from other decisions about the same check, such as `repair`.
    package var kind: String
    package var check: String
    package var title: String
    /// What is done, and within which limits.
    package var act: String
    /// Rows that the run repaired, and violations that it left.
    package var repaired: Int
    package var left: Int
    /// The check's prose, as Markdown.
    package var documentation: String

    /// The repair policies that a run used.
    package static func repairs(in run: Run) -> [Decision] {
        if run.mode == .audit { return [] }
        return run.checks.compactMap { check in
            guard let repaired = check.repaired, repaired > 0 else { return nil }
            return Decision(
                kind: "repair",
                check: check.id,
                title: check.title,
                act: act(of: check.fix),
                repaired: repaired,
                left: check.after ?? 0,
                documentation: check.documentation
            )
        }
    }

    private static func act(of fix: FixSummary?) -> String {
        guard let fix, let table = fix.table else { return "as the check file's fix says" }
        let verb =
            switch firstWord(of: fix.statement ?? "") {
            case "INSERT": "inserts rows into \(table)"
            case "DELETE": "deletes rows from \(table)"
            default: "changes rows of \(table)"
            }
        let others = fix.alsoWrites.isEmpty ? "" : ", whose triggers write \(fix.alsoWrites.joined(separator: ", "))"
        let limits = [
            fix.limitRows.map { $0.of("row") },
            fix.limitShare.map { "\(percent($0)) % of the rows that the check looks at" },
        ]
        .compactMap(\.self)
        let bound =
            limits.isEmpty
            ? "without a limit" : "and refuses when it finds more than \(limits.joined(separator: " or "))"
        return "\(verb)\(others), \(bound)"
    }

    /// The first word of a statement, behind comments.
    private static func firstWord(of statement: String) -> String {
        let lines = statement.split(whereSeparator: \.isNewline).drop { line in
            String(line).trimmingBlanks.hasPrefix("--")
        }
        return (lines.first?.split { !$0.isLetter }.first).map { $0.uppercased() } ?? ""
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
