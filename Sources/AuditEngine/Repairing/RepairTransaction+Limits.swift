import AuditModel
import Postgres
import SQLSyntax
import Wording

/// How many violations a fix may repair.
extension RepairTransaction {
    /// Refuses a repair that is larger than the check file allows: then something else is wrong.
    func checkLimits(found: Int, _ statement: RepairStatement, on connection: borrowing Connection) throws {
        let limits = parent.repair.limits
        guard found > (limits.isDefault ? RepairLimits.alwaysAllowed : 0) else { return }
        let violations = "\(found.of("violation")) \(found == 1 ? "is" : "are")"
        if let rows = limits.rows, found > rows {
            throw refusal("\(violations) more than the \(rows.grouped) that \(source("rows"))")
        }
        // Of one user's violations the scope is everybody's: the share would mean nothing.
        guard let share = limits.share, portion.user == nil else { return }
        let needed = Double(found) / max(share, 1e-6)
        let scope = try parent.measuring.scope(on: connection)
        let rows = try scope ?? rows(of: statement, upTo: needed, on: connection)
        guard Double(found) > share * Double(rows) else { return }
        let (percent, limit) = Double.percents(rows > 0 ? Double(found) / Double(rows) : 1, share)
        let table = statement.table.name
        let excess =
            switch (scope, rows) {
            case (_?, ...0): "\(violations) found where `scope` counts no rows"
            case (_?, _):
                "\(found.grouped) of \(rows.of("row")) (\(percent)) \(found == 1 ? "is a violation" : "are violations")"
            case (nil, 0): "\(violations) found while \(table) has no rows"
            case (nil, _): "\(violations) \(percent) of the \(rows.of("row")) of \(table)"
            }
        throw refusal("\(excess), more than the \(limit) that \(source("share"))")
    }

    /// Counts the rows of the repaired table, no further than the share could need.
    private func rows(
        of statement: RepairStatement,
        upTo limit: Double,
        on connection: borrowing Connection
    ) throws -> Int {
        let table = "\(statement.target.isOnly ? "ONLY " : "")\(statement.table.name)"
        let count = try connection.query(
            "\(BoundStatement.comment(parent.check.id)) SELECT count(*) FROM (SELECT FROM \(table) LIMIT $1) AS counted",
            [String(Int(min(limit, 1e15).rounded(.up)))]
        )
        return count.firstValue.flatMap { Int($0) } ?? 0
    }

    private func source(_ limit: String) -> String {
        parent.repair.limits.isDefault
            ? "a fix without `fix_limits` may repair" : "`fix_limits: \(limit)` allows"
    }

    private func refusal(_ why: String) -> RepairRefusal {
        let advice =
            parent.repair.limits.isDefault
            ? "then write `fix_limits: { rows: …, share: … }` into the check file, or `fix_limits: none`"
            : "then raise the limit in the check file"
        return RepairRefusal(
            place: parent.repair.limitsPlace ?? parent.repair.fix.place,
            message: "nothing was repaired: \(why). Look for the cause first; \(advice)"
        )
    }
}
