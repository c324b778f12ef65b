import AuditModel
import Wording

/// How many violations a bug has, in a few words.
struct BugCounts {
    let finding: Finding
    /// What happened in this run.
    let events: [BugHistory.Event]
    /// What was left when the entry was last written; nil for a new one.
    let previous: Int?
    /// The day on which there were none, in the document's style.
    let lastClear: String?
    /// What a run does to rows, such as `repaired`.
    let repairedWord: String
    /// How violations ended that the check's own fix did not repair.
    let goneWords: String
    /// Such as `new`.
    let newWord: String
    let isRehearsal: Bool

    /// The run found something else at its end than when it began, or repaired something.
    var hasChange: Bool {
        (finding.repaired ?? 0) != 0 || finding.before != finding.after || (finding.gone ?? 0) > 0
            || (finding.new ?? 0) > 0
    }

    var hasRepair: Bool { (finding.repaired ?? 0) != 0 }

    var label: String {
        if events.contains(where: { $0.kind == .regressed || $0.kind == .reopened }) { return "Back" }
        return finding.isStatistic ? "Figures past a limit" : "Violations"
    }

    var text: String {
        if events.contains(where: { $0.kind == .reopened }) {
            return "\(noun(finding.after))\(people(finding.usersAfter)), since repairs were taken back"
        }
        if events.contains(where: { $0.kind == .regressed }) {
            let clear = lastClear.map { "; none on \($0)" } ?? ""
            let found = finding.before > 0 ? finding.before : finding.after
            let users = finding.before > 0 ? finding.usersBefore : finding.usersAfter
            return noun(found) + people(users) + clear + (hasChange && finding.before > 0 ? "; \(change)" : "")
        }
        if hasChange {
            let users =
                finding.usersBefore.map {
                    "; users affected: \($0.grouped) before, \((finding.usersAfter ?? 0).grouped) after"
                }
            return "\(finding.before.grouped) before, \(change)\(users ?? "")"
        }
        if finding.after == 0 { return "none" + (previous.map { ", down from \($0.grouped)" } ?? "") }
        return finding.after.grouped + people(finding.usersAfter) + trend
    }

    private var change: String {
        var parts = hasRepair ? ["\(abs(finding.repaired ?? 0).grouped) \(repairedWord)"] : []
        if let gone = finding.gone, gone > 0 { parts.append("\(gone.grouped) \(goneWords)") }
        if let new = finding.new, new > 0 { parts.append("\(new.grouped) \(newWord)") }
        return (parts + ["\(finding.after.grouped) \(isRehearsal ? "would be left" : "left")"]).joined(separator: ", ")
    }

    private var trend: String {
        guard let previous, previous != finding.after else { return "" }
        return ", \(finding.after < previous ? "down" : "up") from \(previous.grouped)"
    }

    private func noun(_ count: Int) -> String {
        finding.isStatistic ? "\(count.of("figure")) past a limit" : count.of("violation")
    }

    private func people(_ users: Int?) -> String {
        guard let users, users > 0 else { return "" }
        return " for \(users.of("user"))"
    }
}
