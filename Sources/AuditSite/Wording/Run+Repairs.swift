package import AuditModel

/// What a run did to rows, or would have done, in words.
extension Run {
    private var isUndo: Bool { undoes != nil || mode == .undo }

    /// The heading of a column or figure.
    var repairedHeading: String {
        switch (mode, isUndo) {
        case (.dryRun, false): "Would be repaired"
        case (.dryRun, true): "Would be taken back"
        case (_, true): "Taken back"
        case (_, false): "Repaired"
        }
    }

    /// The same after a number and within a sentence.
    package var repairedWords: String { repairedHeading.lowercased() }

    /// The heading over violations that ended without a repair of their own check.
    var goneHeading: String {
        if isUndo { return mode == .dryRun ? "Would be gone" : "Gone" }
        guard (totals.repaired ?? 0) > 0 else { return "Gone meanwhile" }
        return mode == .dryRun ? "Would go with them" : "Gone with them"
    }

    /// How violations of a check ended that its own fix did not repair.
    package func goneWords(of check: CheckResult) -> String {
        // Of a rehearsal each repair is tried alone, and an undo repairs nothing.
        let others = (totals.repaired ?? 0) - (check.repaired ?? 0)
        return others > 0 && !isUndo ? "gone with others’ repairs" : "gone meanwhile"
    }

    /// The heading over violations that came up while the run was at work.
    var newHeading: String {
        guard isUndo else { return "New" }
        return mode == .dryRun ? "Would be back with them" : "Back with them"
    }

    /// The same after a number and within a sentence.
    package var newWords: String { newHeading.lowercased() }

    /// The heading over violations at the end.
    package var afterHeading: String {
        switch (mode, isUndo) {
        case (.audit, _): "Violations"
        case (.dryRun, false): "Would be left"
        case (.dryRun, true): "Would be there"
        case (_, true): "Now"
        case (_, false): "Left"
        }
    }

    /// The same after a number and within a sentence.
    var afterWords: String { mode == .audit ? "found" : afterHeading.lowercased() }

    /// Rows that an undo took back, or would take back; nil for any other run.
    var takenBack: Int? { isUndo ? -(totals.repaired ?? 0) : nil }
}
