/// What a run measured with one check of kind `statistic`.
package struct StatisticResult: Sendable, Equatable, Identifiable {
    package var id: String
    package var title: String
    package var status: Status
    package var figures: [Figure]
    package var seconds: Double
    /// Why the statistic could not be measured.
    package var error: String?
    /// The column that names the user, when there are figures for each affected user.
    package var user: String?
    package var documentation: String
    /// The statistic's `measure` statement.
    package var query: String

    package init(check: Check, measure: Statement) {
        id = check.id
        title = check.title
        status = .skipped
        figures = []
        seconds = 0
        user = check.user
        documentation = check.documentation
        query = measure.text
    }
}

/// One measured value of a statistic.
package struct Figure: Sendable, Equatable {
    package var name: String
    /// Of a statistic of users: the value of the worst user where there is a limit, else the sum, else nothing.
    package var before: FigureValue?
    package var after: FigureValue?
    package var limit: AppliedLimit?
    package var format: FigureFormat?

    package init(
        name: String,
        before: FigureValue?,
        after: FigureValue?,
        limit: AppliedLimit? = nil,
        format: FigureFormat? = nil
    ) {
        self.name = name
        self.before = before
        self.after = after
        self.limit = limit
        self.format = format
    }
}

/// The limits of a figure as their author wrote them, such as `< 0.90`, and which of them is broken.
package struct AppliedLimit: Sendable, Equatable {
    package var error: String?
    package var warning: String?
    package var broken: Severity?
    /// Of a statistic of users, each of whom is compared.
    package var users: LimitedUsers?

    package init(error: String?, warning: String?, broken: Severity?, users: LimitedUsers? = nil) {
        self.error = error
        self.warning = warning
        self.broken = broken
        self.users = users
    }
}

/// How the users stand to a limit.
package struct LimitedUsers: Sendable, Equatable, Codable {
    /// Affected users who have the figure.
    package var measured: Int
    /// Those of them who are past a limit.
    package var past: Int
    /// The user whose figure is farthest past the limit, or nearest to it.
    package var worst: String

    package init(measured: Int, past: Int, worst: String) {
        self.measured = measured
        self.past = past
        self.worst = worst
    }
}
