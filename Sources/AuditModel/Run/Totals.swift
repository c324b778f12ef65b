/// Sums over all measured checks of a run; statistics do not count.
package struct Totals: Sendable, Equatable {
    package var before: Int
    /// Nil in a run that only measured.
    package var repaired: Int?
    /// Violations that ended without a repair of their own check; nil in a run that only measured.
    package var gone: Int?
    /// Violations that came up while the run was at work; nil in a run that only measured.
    package var new: Int?
    package var after: Int
    /// Different users with violations when the run began.
    package var usersBefore: Int
    package var usersAfter: Int

    package init(checks: [CheckResult], users: UserTallies) {
        before = checks.reduce(0) { $0 + ($1.before ?? 0) }
        after = checks.reduce(0) { $0 + ($1.after ?? 0) }
        let repairs = checks.compactMap(\.repaired)
        repaired = repairs.isEmpty ? nil : repairs.reduce(0, +)
        let (ended, begun) = (checks.compactMap(\.gone), checks.compactMap(\.new))
        gone = ended.isEmpty ? nil : ended.reduce(0, +)
        new = begun.isEmpty ? nil : begun.reduce(0, +)
        usersBefore = users.affectedBefore
        usersAfter = users.affectedAfter
    }

    package init(
        before: Int,
        repaired: Int?,
        gone: Int? = nil,
        new: Int? = nil,
        after: Int,
        usersBefore: Int,
        usersAfter: Int
    ) {
        self.before = before
        self.repaired = repaired
        self.gone = gone
        self.new = new
        self.after = after
        self.usersBefore = usersBefore
        self.usersAfter = usersAfter
    }
}
