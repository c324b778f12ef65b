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
    /// Violations that ended without a repair of this check's rows, such as by another check's; nil as `repaired` is,
    /// and when the run could not measure again.
    package var gone: Int?
    /// Violations that the run did not find when it began, in `after` or already repaired; nil as `gone`.
    ///
    /// Always: before + new = repaired + gone + after.
    package var new: Int?
    /// Violations when the run ended; nil when not measured.
    package var after: Int?
    package var usersBefore: Int?
    package var usersAfter: Int?
    /// Rows that the check looked at when the run began; nil when it does not say.
    package var scopeBefore: Int?
    /// Rows that the check looked at when the run ended.
    package var scopeAfter: Int?
    /// Time that the measuring took.
    package var seconds: Double
    /// Why the check could not be measured, or why its fix was refused or rolled back.
    package var error: String?
    /// What else is to be said, such as rows that were left as they are; whole phrases.
    package var notes: [String]
    /// Rows that an undo could not take back, because they had changed since; nil in any other run.
    package var left: Int?
    /// The first violations that are left, bounded in number and in the length of a value; where the run could not
    /// measure again, the first that it found.
    package var sample: Sample
    /// The first violations that were there and are not left, by whatever ended them.
    package var ended: Sample
    /// The first rows that the fix changed: operation, key as JSON, user, changes as JSON.
    package var repairs: Sample
    package var lifecycle: Lifecycle?
    /// The column that names the user a violation belongs to.
    package var user: String?
    package var tags: [String]
    /// The check's prose, as Markdown.
    package var documentation: String
    /// The check's `find` statement.
    package var query: String
    /// Nil when no fix is written for the check.
    package var fix: FixSummary?

    package init(check: Check, work: ViolationWork) {
        id = check.id
        title = check.title
        kind = check.kind
        severity = check.severity
        status = .skipped
        seconds = 0
        notes = []
        sample = Sample()
        ended = Sample()
        repairs = Sample()
        user = check.user
        tags = check.tags
        documentation = check.documentation
        query = work.find.text
        fix = work.repair.map(FixSummary.init)
    }
}

/// Some rows of a query, for people to look at.
package struct Sample: Sendable, Equatable, Codable {
    package var columns: [String]
    /// Values as text, nil for NULL.
    package var rows: [[String?]]

    package init(columns: [String] = [], rows: [[String?]] = []) {
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
