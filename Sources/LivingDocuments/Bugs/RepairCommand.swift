import AuditModel

/// The command that repairs what one check found.
enum RepairCommand {
    /// Nil after a run that has tried it, and where no fix is written.
    static func of(_ finding: Finding, in run: Run) -> String? {
        guard finding.hasFix, finding.after > 0, run.mode == .audit || run.undoes != nil else { return nil }
        let start = "assay audit --fix"
        guard var command = run.commands.fix, command.hasPrefix(start) else { return "\(start) --check \(finding.id)" }
        // What narrowed the run would widen the repair.
        let narrowing = run.selection.checks.map { " --check \($0)" } + run.selection.tags.map { " --tag \($0)" }
        for option in narrowing { command = command.replacing(option, with: "", maxReplacements: 1) }
        return "\(start) --check \(finding.id)\(command.dropFirst(start.count))"
    }
}
