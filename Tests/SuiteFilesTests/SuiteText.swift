import SuiteFiles

/// Texts from which the tests put suites together.
enum SuiteText {
    static let suite = "id: x\ntitle: X\n"
    static let check = """
        ---
        id: a
        kind: integrity
        ---

        # A

        ```sql find
        SELECT client_id, n FROM t
        ```

        """

    /// The messages for one check file in a suite without other mistakes.
    static func messages(_ check: String) -> String {
        messages(files: ["suite.yml": suite, "a.md": check])
    }

    static func messages(files: [String: String]) -> String {
        SuiteLoader.lint(files: files, named: "s").mistakes.map(\.description).joined(separator: "\n")
    }

    /// A check of kind integrity with other front matter.
    static func check(_ keys: String, sql: String = "SELECT client_id, n FROM t") -> String {
        "---\nid: a\nkind: integrity\n\(keys)\n---\n# A\n```sql find\n\(sql)\n```\n"
    }

    /// A check of kind integrity with other fences.
    static func check(fences: String, keys: String = "") -> String {
        "---\nid: a\nkind: integrity\n\(keys)---\n# A\n\(fences)\n"
    }
}
