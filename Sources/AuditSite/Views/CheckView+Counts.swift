import AuditModel
import Wording

/// The counts of a check in words.
extension CheckView {
    /// Such as `11 before, 5 repaired, 3 gone with others’ repairs, 3 left`; nil when nothing was measured.
    var counts: String? {
        guard isMeasured else { return nil }
        guard report.repairs else { return (result.after ?? result.before)?.of("violation") }
        var parts = [result.before.map { "\($0.grouped) before" } ?? "not known before"]
        if let repaired = result.repaired { parts.append("\(abs(repaired).grouped) \(run.repairedWords)") }
        if let gone = result.gone, gone > 0 { parts.append("\(gone.grouped) \(goneWords)") }
        if let new = result.new, new > 0 { parts.append("\(new.grouped) \(run.newWords)") }
        parts.append(result.after.map { "\($0.grouped) \(run.afterWords)" } ?? "not known how many are left")
        return parts.joined(separator: ", ")
    }

    var goneWords: String { run.goneWords(of: result) }

    var usersCounts: String? {
        guard isMeasured, result.user != nil else { return nil }
        guard report.repairs else { return (result.usersAfter ?? result.usersBefore)?.of("user") }
        let after = result.usersAfter.map { "\($0.grouped) \(report.isRehearsal ? "after it" : "after")" }
        return "users: \(result.usersBefore?.grouped ?? "–") before, \(after ?? "– after")"
    }

    /// Such as `3 of 127 rows`: what is left of what was looked at, both of one moment.
    var scope: String? {
        // What a rehearsal of repairs would leave was never looked at.
        let isCounted = !report.isRehearsal || report.isUndo
        if isCounted, let after = result.after, let scope = result.scopeAfter {
            return "\(after.grouped) of \(scope.of("row"))"
        }
        guard let before = result.before, let scope = result.scopeBefore else { return nil }
        return "\(before.grouped) of \(scope.of("row"))\(report.repairs ? " before" : "")"
    }
}
