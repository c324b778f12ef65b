import AuditModel
import Wording

/// What can be done about the violations of a check that are left.
enum Remedy {
    case nothing
    case person
    case fix
    /// The fix would not repair so many; why, such as `more than 10,000 rows`.
    case refusal(String)

    init(_ check: CheckResult, in run: Run) {
        guard let left = check.after, left > 0 else {
            self = .nothing
            return
        }
        guard let fix = check.fix else {
            self = .person
            return
        }
        let limits = FixLimits(fix)
        let scope = run.selection.user == nil ? check.scopeAfter ?? check.scopeBefore : nil
        self = limits.refusal(of: left, scope: scope).map(Remedy.refusal) ?? .fix
    }

    var text: String? {
        switch self {
        case .nothing: nil
        case .person: "needs a person: no fix is written for it"
        case .fix: "a fix is written for it"
        case .refusal(let what): "a fix is written, and refuses \(what)"
        }
    }
}

/// How much a fix repairs at most.
struct FixLimits {
    /// So many violations are within the limits that hold where a check file names none.
    private static let alwaysAllowed = 20
    private static let byDefault = (rows: 10_000, share: 0.1)

    let fix: FixSummary

    init(_ fix: FixSummary) {
        self.fix = fix
    }

    /// What the fix refuses of so many violations; nil when it would be tried.
    ///
    /// - Parameter scope: nil when the run does not know of how many rows.
    func refusal(of violations: Int, scope: Int?) -> String? {
        if let rows = fix.limitRows, violations > rows { return "more than \(rows.of("row"))" }
        let isDefault = fix.limitRows == Self.byDefault.rows && fix.limitShare == Self.byDefault.share
        guard let share = fix.limitShare, let scope, !isDefault || violations > Self.alwaysAllowed else { return nil }
        return Double(violations) > share * Double(scope) ? "more than \(share.shortPercent) of the rows" : nil
    }

    /// Such as `more than 10,000 rows, or more than 20 % of the rows`; nil without limits.
    var text: String? {
        let parts = [
            fix.limitRows.map { "more than \($0.of("row"))" },
            fix.limitShare.map { "more than \($0.shortPercent) of the rows" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", or ")
    }
}

extension Double {
    /// A share without needless zeros, such as `20 %`.
    fileprivate var shortPercent: String {
        let tenths = Int((self * 1000).rounded())
        return (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)") + "\u{A0}%"
    }
}
