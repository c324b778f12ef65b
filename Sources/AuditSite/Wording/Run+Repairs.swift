import AuditModel

/// What a run did to rows, or would have done, in words.
extension Run {
    /// The heading of a column or figure.
    var repairedHeading: String {
        switch (mode, undoes) {
        case (.dryRun, nil): "Would be repaired"
        case (.dryRun, _): "Would be taken back"
        case (.undo, _): "Taken back"
        case (.audit, _), (.fix, _): "Repaired"
        }
    }

    /// The same after a number and within a sentence.
    package var repairedWords: String { repairedHeading.lowercased() }

    /// Rows that an undo took back, or would take back; nil for any other run.
    var takenBack: Int? { undoes == nil ? nil : -(totals.repaired ?? 0) }
}
