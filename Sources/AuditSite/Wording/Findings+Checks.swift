import AuditModel
import Wording

/// What is said of the checks that were run.
extension Findings {
    /// A number of checks that stand alike.
    private typealias Group = (standing: Standing, count: Int)

    var checks: String {
        var groups = self.groups
        let missing = notMeasured(isFirst: groups.isEmpty)
        guard !groups.isEmpty else { return missing }
        let first = groups.removeFirst()
        var parts = [leading(first)]
        parts += groups.map { "\($0.count.grouped) \(words($0, isFirst: false))" }
        if !missing.isEmpty { parts.append(missing) }
        if parts.count == 1, first.standing == .clear, first.count == all { parts[0] += emptiness }
        return parts.joined(separator: ", ")
    }

    private var groups: [Group] {
        var groups: [Group] = [(.failing, violated(.error)), (.warning, violated(.warning))]
        // What is clear is news only where nothing is to be done.
        if groups.allSatisfy({ $0.count == 0 }) {
            groups.append((.clear, count(.clear) + count(.empty) + count(.repaired)))
        }
        groups += [(.info, violated(.info)), (.notMeasuredAgain, count(.notMeasuredAgain))]
        return groups.filter { $0.count > 0 }
    }

    /// Checks of a severity with violations left: a fix that was refused or rolled back ends none.
    private func violated(_ severity: Severity) -> Int {
        let standing: Standing =
            switch severity {
            case .error: .failing
            case .warning: .warning
            case .info: .info
            }
        return report.checks.count {
            $0.standing == standing || $0.standing.hasStoppedFix && $0.result.severity == severity
        }
    }

    /// The checks whose fix did not do its work, or not all of it.
    var fixes: [(standing: Standing, count: Int)] {
        [Standing.refused, .rolledBack, .partlyRepaired].map { ($0, count($0)) }.filter { $0.1 > 0 }
    }

    /// Such as `; the fixes of 2 were refused, the fix of 1 was rolled back`; empty when every fix did its work.
    var fixWords: String {
        guard let first = fixes.first else { return "" }
        let isRehearsal = report.isRehearsal
        func verb(_ count: Int) -> String { isRehearsal ? "would be" : count == 1 ? "was" : "were" }
        if all == 1, first.standing != .partlyRepaired {
            return ", and its fix \(verb(1)) \(first.standing == .refused ? "refused" : "rolled back")"
        }
        let parts = fixes.map { group in
            let count = group.count.grouped
            return group.standing == .partlyRepaired
                ? "\(count) \(verb(group.count)) repaired in part"
                : "the \(group.count == 1 ? "fix" : "fixes") of \(count) \(verb(group.count)) "
                    + (group.standing == .refused ? "refused" : "rolled back")
        }
        return "; " + parts.joined(separator: ", ")
    }

    /// The first words of the sentence, with a subject of its own.
    private func leading(_ group: Group) -> String {
        let user = report.run.selection.user.map { $0.isEmpty ? " for rows without a user" : " for one user" } ?? ""
        return "\(subject(group)) \(words(group, isFirst: true))\(user)"
    }

    private func subject(_ group: Group) -> String {
        // The run was narrowed, or the suite has something that no audit runs: nothing is said of all of it.
        let isPart = report.isNarrowed || report.notRun > 0
        let run = isPart ? " that \(all == 1 ? "was" : "were") run" : ""
        guard group.count == all else {
            return isPart
                ? "\(group.count.grouped) of the \(all.of("check"))\(run)"
                : "\(group.count.grouped) of \(all.of("check"))"
        }
        if group.standing == .clear, brokenLimits + unknown.statistics > 0 {
            // "All clear" would be read as the whole story.
            return isPart ? "the \(all.of("check"))\(run)" : all.of("check")
        }
        return switch all {
        case 1: "the one check\(run)"
        case 2: "both checks\(run)"
        default: isPart ? "the \(all.of("check"))\(run)" : "all \(all.of("check"))"
        }
    }

    private func words(_ group: Group, isFirst: Bool) -> String {
        let (isOne, wouldBe) = (group.count == 1, report.isRehearsal)
        return switch group.standing {
        case .failing: (isFirst ? still(.failing) : "") + (wouldBe ? "fail" : isOne ? "fails" : "fail")
        case .warning: (isFirst || wouldBe ? still(.warning) : "") + (wouldBe ? "warn" : isOne ? "warns" : "warn")
        case .refused, .rolledBack, .partlyRepaired: isOne ? "fails" : "fail"
        case .info: "\(wouldBe ? "would have" : isOne ? "has" : "have") rows for information"
        case .notMeasured: "could not be measured"
        case .notMeasuredAgain: "could not be measured again"
        case .clear, .empty, .repaired, .notRun:
            repairsInRehearsal || wouldBe && report.isUndo ? "would be clear" : isOne ? "is clear" : "are clear"
        }
    }

    /// What is left is *still* left where all of it was there before.
    private func still(_ standing: Standing) -> String {
        let wasThere = report.checks.allSatisfy {
            $0.standing != standing && !$0.standing.hasStoppedFix || ($0.result.before ?? 0) > 0
        }
        return (report.isRehearsal ? "would " : "") + (report.repairs && !report.isUndo && wasThere ? "still " : "")
    }

    private var repairsInRehearsal: Bool {
        report.isRehearsal && !report.isUndo && (report.run.totals.repaired ?? 0) > 0
    }

    /// Of what nothing, or nothing whole, is known; empty when all is known.
    private func notMeasured(isFirst: Bool) -> String {
        let checks = count(.notMeasured)
        switch (checks, unknown.statistics) {
        case (0, 0): return ""
        case (0, let statistics): return "and \(statistics.of("statistic")) could not be measured"
        case (_, 0):
            if !isFirst { return "\(checks.grouped) could not be measured" }
            return all == 1 ? "the one check could not be measured" : "none of the \(all.of("check")) could be measured"
        case (_, let statistics):
            let subject = isFirst && all > 1 ? "\(checks.grouped) of \(all.of("check"))" : checks.of("check")
            return "\(subject) and \(statistics.of("statistic")) could not be measured"
        }
    }

    /// What is clear because there was nothing to look at.
    private var emptiness: String {
        switch count(.empty) {
        case 0: ""
        case all: all == 1 ? ", but had no rows to look at" : ", but none had rows to look at"
        case let some: ", but \(some.grouped) had no rows to look at"
        }
    }
}
