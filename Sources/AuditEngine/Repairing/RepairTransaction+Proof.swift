import AuditModel
import Wording

/// What a repair must keep to, or it is rolled back.
extension RepairTransaction {
    /// Compares what the server counted with what the fix returned.
    func checkWrites(
        _ written: (changes: WriteChanges, dropped: [String]),
        by statement: RepairStatement,
        repaired: Int,
        allowed: AllowedWrites
    ) throws {
        let table = statement.table
        let trespass = written.changes.trespass(dropped: written.dropped) { relation in
            relation.lineage.contains(table.id) || Self.journal.contains(relation.name) || allowed.contains(relation)
        }
        if let trespass { throw lie(trespass.description) }
        try checkJournal(written.changes, repaired: repaired)
        let counts = written.changes.counts(of: table.id)
        let isHonest =
            switch statement.operation {
            case .insert: counts.inserted == repaired && counts.deleted == 0 && counts.updated == 0
            // A row that moves to another partition is counted as deleted and inserted.
            case .update: counts.updated + counts.inserted == repaired && counts.inserted == counts.deleted
            case .delete: counts.deleted == repaired && counts.inserted == 0 && counts.updated == 0
            }
        guard !isHonest else { return }
        let error = lie("it returned \(repaired.of("row")), and the server counted \(counts) in \(table.name)")
        // A row whose values somebody else was just inserting, and then was not, is inserted twice and deleted once.
        let mayBeConflict = statement.operation == .insert && counts.inserted - counts.deleted == repaired
        throw mayBeConflict && counts.updated == 0 ? CheckRepair.Disturbance(error: error) : error
    }

    private static let journal: Set = ["assay.repairs", "assay.runs"]

    /// The journal takes one row for each repaired one, and loses none.
    private func checkJournal(_ changes: WriteChanges, repaired: Int) throws {
        let tables = changes.tables
        let rows = tables["assay.repairs"] ?? WriteCounters.Counts()
        let runs = tables["assay.runs"] ?? WriteCounters.Counts()
        if rows != WriteCounters.Counts(inserted: repaired) {
            throw lie("it wrote the journal: \(rows) in assay.repairs, and \(repaired.of("row")) repaired")
        }
        if runs.updated + runs.deleted > 0 || runs.inserted > 1 {
            throw lie("it wrote the journal: \(runs) in assay.runs (by a trigger or a function)")
        }
    }

    /// For each user, as many violations must be left as were found less those repaired.
    func compare() throws {
        let wrong = tallies.with { tallies in
            tallies.sortedByID().filter { user in
                let tally = tallies.tally(check: 0, user: user)
                return tally.after != tally.before - tally.repaired
            }.map { (tallies.id($0), tallies.tally(check: 0, user: $0)) }.prefix(2)
        }
        guard let (user, tally) = wrong.first else { return }
        let whose = user.isEmpty ? "without a user" : "of user \(user)"
        let more = wrong.count > 1 ? "; other users differ, too" : ""
        throw lie(
            "\(tally.before.of("violation")) \(whose) \(tally.before == 1 ? "was" : "were") found and "
                + "\(tally.repaired.of("row")) repaired, which leaves \((tally.before - tally.repaired).grouped), but "
                + "\(tally.after.grouped) \(tally.after == 1 ? "was" : "were") counted afterwards\(more)"
        )
    }

    func lie(_ what: String) -> MeasuringError {
        MeasuringError(parent.repair.fix.place, "the fix was rolled back: \(what)")
    }
}
