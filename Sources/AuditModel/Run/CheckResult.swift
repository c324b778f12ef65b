/// What a run found with one check of kind `integrity` or `orphan`.
package struct CheckResult: Sendable, Equatable, Identifiable {
    package var id: String
    package var title: String
    package var kind: Check.Kind
    package var severity: Severity
    package var status: Status
    /// Violations when the run began; nil when not measured.
    package var before: Int?
    /// Violations mended by this run, below zero for rows that an undo took back; nil in a run that only measured, or
    /// when the check has no fix.
    package var repaired: Int?
    /// Violations when the run ended; nil when not measured.
    package var after: Int?
    package var usersBefore: Int?
    package var usersAfter: Int?
    /// Rows that the check looked at; nil when it does not say.
    package var scope: Int?
    /// Time that the measuring took.
    package var seconds: Double
    /// Why the check could not be measured.
    package var error: String?
    /// What else is to be said, such as rows that were left as they are; whole phrases.
    package var notes: [String]
    /// Rows that an undo could not take back, because they had changed since; nil in any other run.
    package var left: Int?
    /// The first violations, bounded in number and in the length of a value.
    package var sample: Sample
    /// The first rows that the fix changed: operation, key as JSON, user.
    package var repairs: Sample
    package var lifecycle: Lifecycle?
    /// The column that names the user a violation belongs to.
    package var user: String?
    package var tags: [String]
    /// The check's prose, as Markdown.
    package var documentation: String
    /// The check's `find` statement.
    package var query: String
    /// A fix is written for the check.
    package var hasFix: Bool

    package init(check: Check, find: Statement, hasFix: Bool) {
        id = check.id
        title = check.title
        kind = check.kind
        severity = check.severity
        status = .skipped
        seconds = 0
        notes = []
        sample = Sample(columns: [], rows: [])
        repairs = Sample(columns: [], rows: [])
        user = check.user
        tags = check.tags
        documentation = check.documentation
        query = find.text
        self.hasFix = hasFix
    }
}

/// Some rows of a query, for people to look at.
package struct Sample: Sendable, Equatable, Codable {
    package var columns: [String]
    /// Values as text, nil for NULL.
    package var rows: [[String?]]

    package init(columns: [String], rows: [[String?]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// How a check's violations compare, by their keys, with those of the run before.
package struct Lifecycle: Sendable, Equatable, Codable {
    package var new: Int
    package var persisting: Int
    package var resolved: Int
    package var returned: Int

    package init(new: Int, persisting: Int, resolved: Int, returned: Int) {
        self.new = new
        self.persisting = persisting
        self.resolved = resolved
        self.returned = returned
    }
}
