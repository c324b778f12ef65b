import TestSupport

/// A check file that finds violations.
func check(_ id: String, _ find: String, severity: String = "error", user: String? = nil) -> String {
    """
    ---
    id: \(id)
    kind: integrity
    severity: \(severity)
    \(user.map { "user: \($0)\n" } ?? "")---

    # The \(id) check

    What it is for.

    ```sql find
    \(find)
    ```

    """
}

/// A check file that measures figures.
func statistic(_ id: String, _ measure: String) -> String {
    """
    ---
    id: \(id)
    kind: statistic
    ---

    # The \(id) statistic

    What it is for.

    ```sql measure
    \(measure)
    ```

    """
}

extension TemporaryFolder {
    /// Writes a suite of check files, in the order of their ids.
    func suite(_ checks: [String: String], to name: String = "suite", title: String = "A suite of tests") throws {
        try write("id: \(name)\ntitle: '\(title)'\n", to: "\(name)/suite.yml")
        for (id, text) in checks { try write(text, to: "\(name)/\(id).md") }
    }
}

/// A check file that finds the rows of `t` whose state is bad, and makes it good.
func fixing(_ id: String, find: String = "SELECT id FROM t WHERE state = 'bad'") -> String {
    """
    ---
    id: \(id)
    kind: integrity
    key: id
    repairs: t
    fix_limits: { rows: 100000 }
    ---

    # The \(id) check

    What it is for.

    ```sql find
    \(find)
    ```

    ```sql fix
    UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id
    ```

    """
}
