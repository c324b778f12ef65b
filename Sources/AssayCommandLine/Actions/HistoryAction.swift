import AuditEngine
import AuditModel
import RunRecords
import Wording

/// Lists the runs of a database's journal.
struct HistoryAction: Sendable {
    let settings: AuditSettings
    let format: OutputFormat
    /// What takes a run back, but for the database's name.
    let commands: RunCommandLines
    /// The output folder, whose records know more of their runs: the suite's place.
    let output: String
    let edge: CommandEdge

    func perform() async throws -> ExitStatus {
        let history: JournalHistory
        let json: String
        do throws(AuditError) {
            history = try await JournalHistory.read(settings, logger: edge.logger)
            json = try format == .json ? history.json() : ""
        } catch {
            throw Failure(error, places: settings.places)
        }
        switch format {
        case .json: try Terminal.output(json)
        case .human: try Terminal.output(text(history))
        }
        return .success
    }

    private func text(_ history: JournalHistory) -> String {
        guard let runs = history.runs else {
            return
                "The database '\(history.database.visible)' has no journal (schema assay): no run has repaired anything in it.\n"
        }
        guard !runs.isEmpty else { return "The journal of the database '\(history.database.visible)' is empty.\n" }
        let commands = commands.naming(history.database)
        return runs.map { entry($0, commands) }.joined(separator: "\n")
    }

    private func entry(_ run: JournalHistory.Entry, _ commands: RunCommandLines) -> String {
        let isOn = edge.terminal.colorsOutput
        let end = run.finishedAt == nil ? ", not finished" : ""
        var lines = [
            Tint.bold.paint(run.id.visible, if: isOn)
                + "  \(run.mode), \(run.startedAt.rfc3339)\(end), suite \(run.suite.visible), role \(run.role.visible)"
        ]
        if run.mode == "undo" {
            lines.append("  \(run.rows.of("row")) of \((run.undoes ?? "an earlier run").visible) taken back")
        } else {
            lines.append("  \(run.rows.of("row")) repaired: \(standing(run, commands))")
        }
        lines += run.checks.map { check in
            let isNews = run.mode == "fix" && check.pending != check.rows && run.pending > 0
            let rest = check.pending == 0 ? ", all taken back" : ", \(check.pending.grouped) not taken back"
            let left = isNews ? rest : ""
            return "    \(check.id.visible) \(check.rows.grouped)\(left)"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func standing(_ run: JournalHistory.Entry, _ commands: RunCommandLines) -> String {
        let by = run.undoneBy.isEmpty ? "" : " by \(run.undoneBy.joined(separator: ", ").visible)"
        let rest = run.undoneBy.isEmpty ? "" : "; the others were taken back\(by)"
        let undo: String
        if let recorded = RecordedRuns(in: output).commands(of: run.id)?.undo {
            undo = "`\(recorded.visible)`"
        } else {
            undo =
                "`\(commands.undo(run.id))` (its record is not in \(output.visible): add --output FOLDER for the report)"
        }
        if run.rows == 0 { return "nothing to take back" }
        if run.pending == 0 { return "all taken back\(by)" }
        if run.pending == run.rows { return "can be taken back with \(undo)" }
        return "\(run.pending.grouped) can still be taken back with \(undo)\(rest)"
    }

}
