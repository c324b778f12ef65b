import AuditModel
import Wording

extension TileView {
    /// What was repaired or taken back, or could be repaired.
    static func repair(_ report: Report) -> TileView? {
        let run = report.run
        if let takenBack = run.takenBack {
            return TileView(
                label: run.repairedHeading,
                value: takenBack.grouped,
                note: "\(takenBack == 1 ? "row" : "rows") that an earlier run had repaired"
            )
        }
        guard report.repairs else { return possible(report) }
        let checks = run.checks.count { ($0.repaired ?? 0) > 0 }
        let users = report.usersRepaired
        let whom = users == 0 ? "" : ", for \(users.of("user"))"
        return TileView(
            label: run.repairedHeading,
            value: (run.totals.repaired ?? 0).grouped,
            note: checks == 0 ? "by no check" : "by \(checks.of("check"))\(whom)"
        )
    }

    /// What a fix would be tried on, by the limits that it has.
    private static func possible(_ report: Report) -> TileView? {
        var (rows, checks) = (0, 0)
        var refusals: [String] = []
        for check in report.run.checks {
            switch Remedy(check, in: report.run) {
            case .nothing, .person: break
            case .fix:
                rows += check.after ?? 0
                checks += 1
            case .refusal(let what): refusals.append(what)
            }
        }
        guard checks > 0 || !refusals.isEmpty else { return nil }
        var notes = checks > 0 ? ["by \(checks.of("check")) with a fix"] : []
        switch (refusals.count, checks) {
        case (0, _): break
        case (1, 0): notes.append("a fix is written, and refuses \(refusals[0])")
        case (1, _): notes.append("one more fix refuses \(refusals[0])")
        case (let count, _): notes.append("\(count.grouped)\(checks > 0 ? " more" : "") fixes refuse so many rows")
        }
        return TileView(label: "Could be repaired", value: rows.grouped, note: notes.joined(separator: "; "))
    }
}
