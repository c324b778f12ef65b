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
        "table of contents", "contents", "toc", "summary", "overview", "introduction", "about", "index", "guidelines",
        "reporting guidelines", "purpose", "roadmap", "milestones", "goals", "timeline", "schedule", "deadlines",
        "next steps", "plan", "plans", "todo", "to do", "team", "contacts", "links", "quick links", "read this first",
        "read me first", "start here", "current status", "current state", "where we are", "important", "rules",
    ]
    /// Words that tell of what entries are made, and those that may stand beside them.
    private static let legend: Set<String> = [
        "severity", "severities", "priority", "priorities", "legend", "status", "statuses", "convention",
        "conventions", "template", "templates", "format",
    ]
    private static let besideLegend: Set<String> = [
        "level", "levels", "definition", "definitions", "entry", "bug", "issue", "incident", "guide", "key", "keys",
        "codes", "values", "and", "of", "the", "meaning", "meanings", "scale", "matrix", "classification", "report",
        "decision", "adr", "log", "naming", "colors", "icons", "tags", "labels",
    ]
    /// Words of which the names of groups of entries are made.
    private static let grouping: Set<String> = [
        "active", "open", "current", "currently", "known", "recent", "recently", "new", "unresolved", "ongoing",
        "pending", "bug", "bugs", "issue", "issues", "incidents", "vulnerabilities", "defects", "problems", "entries",
        "critical", "blocker", "blockers", "high", "medium", "low", "major", "minor", "severity", "priority", "in",
        "progress", "to", "fix",
    ]
    private static let open: Set<String> = ["active", "open", "current", "currently", "unresolved", "ongoing", "pending"]
    private static let putAway: Set<String> = ["archive", "archived", "old", "older", "past"]
    private static let settled: Set<String> = ["resolved", "fixed", "closed", "solved", "done", "completed"]

    /// A heading's words in lower case, without emoji and punctuation.
    static func words(_ heading: String) -> String {
        heading.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }

    private static func set(_ heading: String) -> Set<String> {
        Set(words(heading).split(separator: " ").map(String.init))
    }

    /// The heading stands above entries, and tells of the document.
    static func isPreamble(_ heading: String) -> Bool {
        let words = words(heading)
        return preamble.contains(words) || words.hasPrefix("how to ") || isLegend(heading)
    }

    private static func isLegend(_ heading: String) -> Bool {
        let words = set(heading)
        return !words.isDisjoint(with: legend) && words.isSubset(of: legend.union(besideLegend))
    }

    /// The heading stands above several entries, such as `## Critical`.
    static func isGroup(_ heading: String) -> Bool {
        let words = set(heading)
        return !words.isEmpty && words.isSubset(of: grouping.union(putAway).union(settled))
    }

    /// The entries below the heading are kept for memory, and none is added.
    static func isArchive(_ heading: String) -> Bool {
        isGroup(heading) && !set(heading).isDisjoint(with: putAway)
    }

    /// What the name of a group tells of the bugs in it.
    static func state(_ heading: String) -> EntryState? {
        let words = set(heading)
        if !words.isDisjoint(with: settled) { return .resolved }
        return words.isDisjoint(with: open) ? nil : .open
    }
}
