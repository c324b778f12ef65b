/// The headings below which teams keep their entries.
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

    /// A heading's words in lower case, without emoji and punctuation.
    static func words(_ heading: String) -> String {
        heading.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }
}
