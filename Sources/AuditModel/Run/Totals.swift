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
        before = Self.sum(checks.map(\.before)) ?? 0
        after = Self.sum(checks.map(\.after)) ?? 0
        repaired = Self.sum(checks.map(\.repaired))
        gone = Self.sum(checks.map(\.gone))
        new = Self.sum(checks.map(\.new))
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

    /// The sum of what is known; nil when nothing is.
    private static func sum(_ counts: [Int?]) -> Int? {
        counts.compactMap(\.self).reduce(nil) { ($0 ?? 0).saturatingAdding($1) }
    }
}
