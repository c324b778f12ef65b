/// Sums over all measured checks of a run; statistics do not count.
package struct Totals: Sendable, Equatable {
    package var before: Int
    /// Nil in a run that only measured.
    package var repaired: Int?
    package var after: Int
    /// Different users with violations when the run began.
    package var usersBefore: Int
    package var usersAfter: Int

    package init(checks: [CheckResult], users: UserTallies) {
        before = checks.reduce(0) { $0.saturatingAdding($1.before ?? 0) }
        after = checks.reduce(0) { $0.saturatingAdding($1.after ?? 0) }
        let repairs = checks.compactMap(\.repaired)
        repaired = repairs.isEmpty ? nil : repairs.reduce(0) { $0.saturatingAdding($1) }
        usersBefore = users.affectedBefore
        usersAfter = users.affectedAfter
    }

    package init(before: Int, repaired: Int?, after: Int, usersBefore: Int, usersAfter: Int) {
        self.before = before
        self.repaired = repaired
        self.after = after
        self.usersBefore = usersBefore
        self.usersAfter = usersAfter
    }
}
