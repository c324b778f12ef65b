import AuditModel
import Wording

/// What a run did to the violations that evidence is of.
struct EvidenceFigures {
    private(set) var before: Int
    private(set) var repaired: Int
    private(set) var gone: Int
    /// Rows that checks other than these repaired.
    private(set) var repairedByOthers = 0
    private(set) var new: Int
    private(set) var after: Int
    private(set) var usersBefore: Int
    private(set) var usersAfter: Int

    /// Of all checks of a run.
    init(_ run: Run) {
        before = run.totals.before
        repaired = run.totals.repaired ?? 0
        gone = run.totals.gone ?? 0
        new = run.totals.new ?? 0
        after = run.totals.after
        usersBefore = run.totals.usersBefore
        usersAfter = run.totals.usersAfter
    }

    /// Of some checks.
    init(_ run: Run, of checks: [String]) {
        let results = run.checks.filter { checks.contains($0.id) }
        let sum = { (count: (CheckResult) -> Int?) in results.reduce(0) { $0 + (count($1) ?? 0) } }
        before = sum(\.before)
        repaired = sum(\.repaired)
        gone = sum(\.gone)
        repairedByOthers = (run.totals.repaired ?? 0) - repaired
        new = sum(\.new)
        after = sum(\.after)
        let indices = checks.compactMap { run.users.checks.firstIndex(of: $0) }
        (usersBefore, usersAfter) = (0, 0)
        for user in 0..<run.users.count where !run.users.id(user).isEmpty {
            let tally = run.users.total(user: user, of: indices)
            if tally.before > 0 { usersBefore += 1 }
            if tally.after > 0 { usersAfter += 1 }
        }
    }

    /// What ended without a repair of its own went with a repair, or with what another session did.
    private var goneWords: String {
        if repaired > 0 { return "gone with them" }
        return repairedByOthers > 0 ? "gone with another check’s repair" : "gone meanwhile"
    }

    /// Such as `7 of 7 repaired, 0 left, for 3 users`.
    func text(_ mode: Run.Mode) -> String {
        let whose = { (users: Int) in users > 0 ? ", for \(users.of("user"))" : "" }
        switch mode {
        case .audit: return after.of("violation") + whose(usersAfter)
        case .undo:
            let others = gone > 0 ? ", \(gone.grouped) gone meanwhile" : ""
            let more = new > 0 ? ", \(new.grouped) back" : ""
            return "\((-repaired).grouped) taken back\(others)\(more), \(after.grouped) left" + whose(usersAfter)
        case .fix, .dryRun:
            let others = gone > 0 ? ", \(gone.grouped) \(goneWords)" : ""
            let more = new > 0 ? ", \(new.grouped) new" : ""
            return "\(repaired.grouped) of \(before.grouped) repaired\(others)\(more), \(after.grouped) left"
                + whose(max(usersBefore, usersAfter))
        }
    }
}
