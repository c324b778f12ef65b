import AuditModel
import Postgres
import SQLSyntax

/// How many violations a fix may repair.
extension RepairTransaction {
    /// Refuses a repair that is larger than the check file allows: then something else is wrong.
    func checkLimits(_ measured: CheckResult, _ statement: RepairStatement, on connection: borrowing Connection) throws
    {
        let limits = parent.repair.limits
        let found = measured.before ?? 0
        guard found > (limits.isDefault ? RepairLimits.alwaysAllowed : 0) else { return }
        if let rows = limits.rows, found > rows {
            throw refusal(
                "\(found.of("violation")) \(found == 1 ? "is" : "are") more than the \(rows.grouped) that \(source("rows"))"
            )
        }
        // Of one user's violations the scope is everybody's: the share would mean nothing.
        guard let share = limits.share, portion.user == nil else { return }
        if let scope = measured.scopeBefore {
            try check(found, of: scope, share: share) { percent, limit in
                guard scope > 0 else {
                    return "\(found.grouped) of no rows at all are violations, so that the scope is wrong"
                }
                return
                    "\(found.grouped) of \(scope.of("row")) (\(percent)) are violations, more than the \(limit) that "
                    + source("share")
            }
        } else {
            let name = statement.table.name
            let rows = try rows(of: statement, upTo: Double(found) / max(share, 1e-6), on: connection)
            try check(found, of: rows, share: share) { percent, limit in
                guard rows > 0 else {
                    return
                        "\(found.of("violation")) are more than \(limit) of \(name), which has no rows; this much is what "
                        + source("share")
                }
                return
                    "\(found.of("violation")) are \(percent) of the \(rows.of("row")) of \(name), more than the \(limit) "
                    + "that \(source("share"))"
            }
        }
    }

    /// - Parameter words: say it, with the share that was found and the one that is allowed.
    private func check(_ found: Int, of rows: Int, share: Double, words: (String, String) -> String) throws {
        guard Double(found) > share * Double(rows) else { return }
        let (percent, limit) = Double.percents(rows > 0 ? Double(found) / Double(rows) : 0, share)
        throw refusal(words(percent, limit))
    }

    /// Counts the rows of the repaired table, no further than the share could need.
    private func rows(
        of statement: RepairStatement,
        upTo limit: Double,
        on connection: borrowing Connection
    ) throws -> Int {
        let table = "\(statement.target.isOnly ? "ONLY " : "")\(statement.table.name)"
        let count = try connection.query(
            "\(BoundStatement.comment(parent.check.id)) SELECT count(*) FROM (SELECT FROM \(table) LIMIT $1) AS some",
            [String(Int(min(limit, 1e15).rounded(.up)))]
        )
        return count.firstValue.flatMap { Int($0) } ?? 0
    }

    private func source(_ limit: String) -> String {
        parent.repair.limits.isDefault
            ? "a fix without `fix_limits` may repair" : "`fix_limits: \(limit)` allows"
    }

    private func refusal(_ why: String) -> MeasuringError {
        let advice =
            parent.repair.limits.isDefault
            ? "then write `fix_limits: { rows: …, share: … }` into the check file, or `fix_limits: none`"
            : "then raise the limit in the check file"
        return MeasuringError(
            parent.repair.fix.place,
            "nothing was repaired: \(why). Look for the cause first; \(advice)",
            status: .refused
        )
    }
}
