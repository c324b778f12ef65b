package import AuditModel
import Wording

/// The one sentence that a reader takes away: what became better and for whom, then what does not hold.
///
/// It says "clear" of nothing that was not measured, and "all" of nothing less than the whole suite.
package enum Verdict {
    /// What the verdict and the counts of a dry run leave out, in a sentence; nil for any other run.
    package static func caveat(of run: Run) -> String? {
        Report(run).rehearsalCaveat
    }

    /// The verdict on a run, without a full stop.
    package static func of(_ run: Run) -> String {
        of(Report(run))
    }

    static func of(_ report: Report) -> String {
        let findings = Findings(report)
        let separator = findings.fixes.isEmpty || (report.run.totals.repaired ?? 0) != 0 ? "; " : ": "
        let text = [Deeds.of(report), findings.text].compactMap { $0 }.joined(separator: separator)
        return text.prefix(1).uppercased() + text.dropFirst()
    }
}

/// What a run did to rows, or would have done; the first half of a verdict.
enum Deeds {
    /// Nil for a run that only measured, or that had nothing to mend.
    static func of(_ report: Report) -> String? {
        if let takenBack = report.run.takenBack { return undone(takenBack, report) }
        guard report.repairs else { return nil }
        let rows = report.run.totals.repaired ?? 0
        if rows > 0 {
            return report.isRehearsal
                ? "\(rows.of("row")) would be repaired\(whose(report))" : "\(rows.of("row")) repaired\(whose(report))"
        }
        let isClear = report.checks.allSatisfy { $0.standing.isQuiet || $0.standing == .repaired }
        return isClear ? nil : report.isRehearsal ? "nothing would be repaired" : "nothing was repaired"
    }

    private static func undone(_ rows: Int, _ report: Report) -> String {
        let staying = report.checks.reduce(0) { $0 + ($1.result.left ?? 0) }
        let rest = staying == 0 ? "" : ", \(staying.of("row")) left as \(staying == 1 ? "it was" : "they were")"
        if rows == 0 { return (report.isRehearsal ? "nothing would be taken back" : "nothing was taken back") + rest }
        let taken = report.isRehearsal ? "would be taken back" : "taken back"
        return "\(rows.of("row")) \(taken)\(whose(report))\(rest)"
    }

    private static func whose(_ report: Report) -> String {
        let users = report.usersRepaired
        return users == 0 ? "" : " for \(users.of("user"))"
    }
}
