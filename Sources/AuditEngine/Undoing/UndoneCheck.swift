import Wording

/// What an undo did with the rows of one check; it holds from the commit on.
struct UndoneCheck: Sendable, Equatable {
    var check: String
    var takenBack = 0
    /// Rows that stay, by reason.
    var left: [String: Int] = [:]
    /// Rows that came back with another value in some column.
    var inexact = 0
    var inexactColumns: Set<String> = []
    /// What triggers wrote to the tables that the check allows them.
    var alsoWritten: [String: WriteCounters.Counts] = [:]

    init(check: String) {
        self.check = check
    }

    /// What the report says beside the counts.
    func notes(isDryRun: Bool) -> [String] {
        var notes: [String] = []
        let staying = left.values.reduce(0, +)
        if staying > 0 {
            let reasons = left.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            notes.append(
                "\(staying.of("row")) \(isDryRun ? "would stay as" : "left as") \(staying == 1 ? "it is" : "they are") ("
                    + reasons.prefix(3).map { "\($0.key): \($0.value)" }.joined(separator: "; ")
                    + (reasons.count > 3 ? "; …" : "") + "), listed in left/\(check).csv"
            )
        }
        if inexact > 0 {
            notes.append(
                "\(inexact.of("row")) came back with another value in \(inexactColumns.sorted().prefix(3).joined(separator: "; ")), "
                    + "by a trigger, a changed type, or a column that was renamed or dropped"
            )
        }
        for (table, counts) in alsoWritten.sorted(by: { $0.key < $1.key }) {
            let parts = [("inserted", counts.inserted), ("updated", counts.updated), ("deleted", counts.deleted)]
                .filter { $0.1 != 0 }.map { "\($0.1.of("row")) \($0.0)" }.joined(separator: ", ")
            notes.append(
                "triggers \(isDryRun ? "would write" : "wrote") \(table) as `also_writes` allows, and that stays: \(parts)"
            )
        }
        return notes
    }
}
