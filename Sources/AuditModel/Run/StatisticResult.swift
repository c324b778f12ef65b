/// What a run measured with one check of kind `statistic`.
package struct StatisticResult: Sendable, Equatable, Identifiable {
    package var id: String
    package var title: String
    package var status: Status
    /// The figures; for a statistic of users, the sums over the affected users.
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
    package var before: FigureValue?
    package var after: FigureValue?
    package var limit: AppliedLimit?

    package init(name: String, before: FigureValue?, after: FigureValue?, limit: AppliedLimit? = nil) {
        self.name = name
        self.before = before
        self.after = after
        self.limit = limit
    }
}

/// The limits of a figure as their author wrote them, such as `< 0.90`, and which of them is broken.
package struct AppliedLimit: Sendable, Equatable {
    package var error: String?
    package var warning: String?
    package var broken: Severity?

    package init(error: String?, warning: String?, broken: Severity?) {
        self.error = error
        self.warning = warning
        self.broken = broken
    }
}

/// A number, or anything else in PostgreSQL's text form.
package enum FigureValue: Sendable, Equatable {
    case number(Double)
    case text(String)

    /// Reads a value as the server sent it.
    package init(serverText text: String) {
        if let number = Double(text), number.isFinite {
            self = .number(number)
        } else {
            self = .text(text)
        }
    }
}
