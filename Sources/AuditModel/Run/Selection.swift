/// Which checks a run measures, and for whom; everything when empty.
package struct Selection: Sendable, Equatable {
    /// Ids of checks; all when empty.
    package var checks: [String] = []
    /// Tags, of which a check must have one; any when empty.
    package var tags: [String] = []
    /// The id of the one user whose violations count, as bytes: not every database has them in UTF-8.
    package var userID: [UInt8]?

    /// The id for people.
    package var user: String? {
        get { userID.map { String(decoding: $0, as: UTF8.self) } }
        set { userID = newValue.map { Array($0.utf8) } }
    }

    package init(checks: [String] = [], tags: [String] = [], user: String? = nil) {
        self.checks = checks
        self.tags = tags
        self.user = user
    }

    /// Nothing of the suite is left out.
    package var isEverything: Bool { checks.isEmpty && tags.isEmpty && userID == nil }

    /// The check is one of those that were asked for, whether or not it can be run.
    package func asksFor(_ check: Check) -> Bool { reasonAgainst(check) == nil }

    /// Why an audit leaves a check out; nil when it is to be measured.
    package func reasonToSkip(_ check: Check) -> String? {
        reasonAgainst(check) ?? (check.kind == .probe ? "not run: this version cannot run probes" : nil)
    }

    private func reasonAgainst(_ check: Check) -> String? {
        if !checks.isEmpty && !checks.contains(check.id) { return "not selected by --check" }
        if !tags.isEmpty && !check.tags.contains(where: tags.contains) { return "not selected by --tag" }
        if userID != nil && check.user == nil { return "it names no user, and --user selects one" }
        return nil
    }
}
