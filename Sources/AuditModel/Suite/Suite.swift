/// A folder of check files, read and found right: what a run executes.
package struct Suite: Sendable, Equatable {
    /// The suite's name for programs, from `suite.yml`.
    package var id: String
    /// The suite's name for people.
    package var title: String
    /// What the suite looks after, as Markdown; empty when `suite.yml` has none.
    package var description: String
    /// Where the files lie, as the user named it.
    package var path: String
    /// `sha256:` and 64 hexadecimal digits over the paths and bytes of all its files.
    package var digest: String
    /// The checks in the order in which they run and are shown.
    package var checks: [Check]
    /// Returns user and label for the users in the array parameter `:users`.
    package var userLabels: Statement?

    package init(
        id: String,
        title: String,
        description: String = "",
        path: String,
        digest: String,
        checks: [Check],
        userLabels: Statement? = nil
    ) {
        self.id = id
        self.title = title
        self.description = description
        self.path = path
        self.digest = digest
        self.checks = checks
        self.userLabels = userLabels
    }
}
