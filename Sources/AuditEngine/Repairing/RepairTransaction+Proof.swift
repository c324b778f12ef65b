import AuditModel
import Postgres

/// What a repair must keep to, or it is refused or rolled back.
extension RepairTransaction {
    /// Refuses a repair that is larger than the check file allows: then something else is wrong.
    func checkLimits(found: Int, on connection: borrowing Connection) throws {
        let limits = parent.repair.limits
        if let rows = limits.rows, found > rows {
            throw refusal("\(found) violations are more than the \(rows) that `fix_limits: rows` allows")
        }
        guard let share = limits.share, found > 0 else { return }
        guard let scope = try parent.measuring.scope(on: connection) else {
            throw refusal("`fix_limits: share` needs a fence `sql scope`, which says of how many rows")
        }
        // Of one user's violations the scope is everybody's: the share would mean nothing.
        guard portion.user == nil else { return }
        guard scope > 0 else { throw refusal("\(found) of no rows at all are violations, so that the scope is wrong") }
        guard Double(found) / Double(scope) > share else { return }
        let percent = { (part: Double) in "\((part * 1000).rounded() / 10) %" }
        throw refusal(
            "\(found) of \(scope) rows (\(percent(Double(found) / Double(scope)))) are violations, more than the "
                + "\(percent(share)) that `fix_limits: share` allows"
        )
    }

    private func refusal(_ why: String) -> RepairRefusal {
        RepairRefusal(
            place: parent.repair.fix.place,
            message: "nothing was repaired: \(why). Look for the cause first; then raise the limit in the check file"
        )
    }

    /// Compares what the server counted with what the fix returned.
    func checkWrites(
        _ changes: WriteCounters.Changes,
        by statement: RepairStatement,
        repaired: Int,
        alsoWritten: [String]
    ) throws {
        if let table = changes.seized.first {
            throw lie(
                "it truncated or altered the table \(table), or locked it as only that does (by a trigger or a function)"
            )
        }
        let writes = changes.tables
        let own = ["assay.repairs", "assay.runs", "assay.journal"]
        let others = writes.keys.filter { $0 != statement.table.root && !own.contains($0) }.sorted()
            .filter { !alsoWritten.contains($0) }
        if let other = others.first, let counts = writes[other] {
            throw lie(
                "it wrote another table than `repairs` names: \(other), \(counts.inserted) rows inserted, "
                    + "\(counts.updated) updated, \(counts.deleted) deleted (by a trigger, a cascade or a function)"
            )
        }
        let counts = writes[statement.table.root] ?? WriteCounters.Counts()
        let isHonest =
            switch statement.operation {
            case .insert: counts.inserted == repaired && counts.deleted == 0 && counts.updated == 0
            // A row that moves to another partition is counted as deleted and inserted.
            case .update: counts.updated + counts.inserted == repaired && counts.inserted == counts.deleted
            case .delete: counts.deleted == repaired && counts.inserted == 0 && counts.updated == 0
            }
        guard !isHonest else { return }
        let error = lie(
            "it returned \(repaired) rows, and the server counted \(counts.inserted) inserted, \(counts.updated) updated, "
                + "\(counts.deleted) deleted in \(statement.table.name)"
        )
        // A row whose values somebody else was just inserting, and then was not, is inserted twice and deleted once.
        let mayBeConflict = statement.operation == .insert && counts.inserted - counts.deleted == repaired
        throw mayBeConflict && counts.updated == 0 ? CheckRepair.Disturbance(error: error) : error
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
            "\(tally.before) violations \(whose) were found and \(tally.repaired) rows repaired, which leaves "
                + "\(tally.before - tally.repaired), but \(tally.after) were counted afterwards\(more)"
        )
    }

    func lie(_ what: String) -> MeasuringError {
        MeasuringError(parent.repair.fix.place, "the fix was rolled back: \(what)")
    }
}
