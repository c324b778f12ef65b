import AuditModel
import Postgres

/// The run whose repairs are to be taken back, found in the journal.
struct UndoTarget: Sendable, Equatable {
    let run: RunID
    /// Its rows that can still be taken back, of those that the settings select.
    let pending: Int
    /// The checks whose rows they are.
    let checks: [String]

    /// Finds the run, or says in words what is wrong with the wish.
    static func find(_ settings: UndoSettings, in suite: Suite, on connection: borrowing Connection) throws
        -> UndoTarget
    {
        guard try Journal.exists(on: connection) else {
            throw AuditError.wrongUsage(
                "the database '\(connection.server.database)' has no journal (schema assay): no run has repaired "
                    + "anything in it, so there is nothing to take back"
            )
        }
        try Journal.checkVersion(on: connection)
        let found = try connection.query(
            "/* assay: undo */ SELECT mode, suite FROM assay.runs WHERE id = $1",
            [settings.run]
        ).rows.first
        guard let run = RunID(settings.run), let mode = found?[0] else {
            throw AuditError.wrongUsage(try unknown(settings.run, on: connection))
        }
        guard mode != "undo" else {
            throw AuditError.wrongUsage(
                "the run \(run) is itself an undo, and has nothing to take back. To repair again, use `assay audit --fix`"
            )
        }
        // Another suite has other checks, and would be measured for nothing.
        if let repaired = found?[1], repaired != suite.id {
            throw AuditError.wrongUsage(
                "the run \(run) repaired with the suite '\(repaired)', and \(settings.suiteName ?? suite.path) is the suite '\(suite.id)'. "
                    + "Nothing was changed. Name the folder of '\(repaired)' with --suite; where it has another name by "
                    + "now, write `id: \(repaired)` into its suite.yml."
            )
        }
        return try pending(run, settings, on: connection)
    }

    private static func pending(
        _ run: RunID,
        _ settings: UndoSettings,
        on connection: borrowing Connection
    ) throws -> UndoTarget {
        let table = try connection.query(
            """
            /* assay: undo */
            SELECT check_id, count(*) FILTER (WHERE selected), count(*) FILTER (WHERE selected AND undone_by IS NULL),
                min(undone_by) FILTER (WHERE selected), max(undone_by) FILTER (WHERE selected)
            FROM assay.repairs
            CROSS JOIN LATERAL (SELECT \(UndoSettings.isOfUser(2))) AS of_user (selected)
            WHERE run = $1
            GROUP BY check_id ORDER BY min(id)
            """,
            [settings.run, settings.userParameter]
        )
        let all = table.rows.map { $0[0] ?? "" }
        if let unknown = settings.checks.first(where: { !all.contains($0) }) {
            throw AuditError.wrongUsage(
                all.isEmpty
                    ? "the run \(settings.run) repaired nothing"
                    : "the run \(settings.run) repaired nothing with the check '\(unknown)'; it repaired with "
                        + all.joined(separator: ", ")
            )
        }
        let selected = table.rows.filter { settings.checks.isEmpty || settings.checks.contains($0[0] ?? "") }
        func sum(_ column: Int) -> Int { selected.reduce(0) { $0 + ($1[column].flatMap { Int($0) } ?? 0) } }
        guard sum(1) > 0 else {
            let whose = settings.user.map { $0.isEmpty ? " for rows without a user" : " for the user \($0)" } ?? ""
            throw AuditError.nothingToUndo("The run \(settings.run) repaired nothing\(whose): nothing was changed.")
        }
        if sum(2) == 0 {
            let undoers = Set(selected.flatMap { [$0[3], $0[4]] }.compactMap { $0 }).sorted()
            let rows = sum(1) == 1 ? "The one row was" : "All \(sum(1)) rows were"
            throw AuditError.nothingToUndo(
                "Nothing is left of the run \(settings.run) to take back. \(rows) taken back by "
                    + "\(undoers.joined(separator: ", ")): nothing was changed."
            )
        }
        return UndoTarget(run: run, pending: sum(2), checks: selected.filter { $0[2] != "0" }.compactMap { $0[0] })
    }

    /// Names the runs that share the longest beginning with a wrong id, the newest first.
    private static func unknown(_ text: String, on connection: borrowing Connection) throws -> String {
        let ids = try connection.query(
            "/* assay: undo */ SELECT id FROM assay.runs WHERE mode = 'fix' ORDER BY id DESC LIMIT 1000"
        ).rows.compactMap { $0[0] }
        func shared(_ id: String) -> Int { zip(id.utf8, text.utf8).prefix { $0 == $1 }.count }
        let nearest = ids.enumerated()
            .sorted { (-shared($0.element), $0.offset) < (-shared($1.element), $1.offset) }
            .prefix(5).map(\.element)
        let advice =
            nearest.isEmpty
            ? "it has no run that repaired anything"
            : "the nearest are \(nearest.joined(separator: ", ")); all are in `assay history`"
        return "the journal of the database '\(connection.server.database)' has no run '\(text)'; \(advice)"
    }
}
