/// What headings are, by their names.
enum SectionNames {
    static let progress: Set<String> = [
        "recent updates", "updates", "recent changes", "recent progress", "progress log", "log", "session log",
        "sessions", "session history", "changelog", "change log", "history", "entries", "journal", "activity",
        "latest updates", "status updates",
    ]
    static let bugs: Set<String> = [
        "active bugs", "open bugs", "current bugs", "recent bugs", "bugs", "bug log", "bug reports", "active issues",
        "open issues", "known issues", "known bugs", "issues", "active", "open", "recent updates",
    ]
    static let decisions: Set<String> = [
        "decisions", "recent decisions", "decision log", "decision records", "architectural decisions",
        "architecture decisions", "log", "entries", "recent updates",
    ]

    private static let preamble: Set<String> = [
        "table of contents", "contents", "toc", "summary", "overview", "introduction", "about", "legend",
        "status legend", "template", "entry template", "bug template", "bug report template", "index", "guidelines",
        "reporting guidelines", "conventions", "purpose", "roadmap", "milestones", "goals", "timeline", "schedule",
        "deadlines", "next steps", "plan", "plans", "todo", "to do", "team", "contacts", "links",
    ]
    /// Words of which the names of groups of entries are made.
    private static let grouping: Set<String> = [
        "active", "open", "current", "known", "recent", "new", "bug", "bugs", "issue", "issues", "entries", "critical",
        "blocker", "blockers", "high", "medium", "low", "major", "minor", "severity", "priority",
    ]
    private static let putAway: Set<String> = ["archive", "archived", "old", "older", "past"]
    private static let settled: Set<String> = ["resolved", "fixed", "closed", "solved", "done", "completed"]

    /// A heading's words in lower case, without emoji and punctuation.
    static func words(_ heading: String) -> String {
        heading.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }

    /// The heading stands above entries, and tells of the document.
    static func isPreamble(_ heading: String) -> Bool {
        let words = words(heading)
        return preamble.contains(words) || words.hasPrefix("how to ")
    }

    /// The heading stands above several entries, such as `## Critical`.
    static func isGroup(_ heading: String) -> Bool {
        let words = Set(words(heading).split(separator: " ").map(String.init))
        return !words.isEmpty && words.isSubset(of: grouping.union(putAway).union(settled))
    }

    /// The heading stands above entries that are over.
    ///
    /// - Parameter isSettled: whether what is resolved is over, too.
    static func isOver(_ heading: String, isSettled: Bool) -> Bool {
        let words = Set(words(heading).split(separator: " ").map(String.init))
        return isGroup(heading) && !words.isDisjoint(with: isSettled ? putAway.union(settled) : putAway)
    }
}
