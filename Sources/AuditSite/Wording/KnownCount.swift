import AuditModel
import Wording

/// A count over several checks that says how much of it is known.
struct KnownCount {
    enum Extent {
        case whole
        /// Some of it could not be measured, so that it can be more.
        case part
        case nothing
    }

    let value: Int
    let extent: Extent

    var text: String {
        switch extent {
        case .whole: value.grouped
        case .part: "at least \(value.grouped)"
        case .nothing: "–"
        }
    }

    /// Such as `1 user` and `at least 12 users`.
    func of(_ one: String) -> String {
        switch extent {
        case .whole: value.of(one)
        case .part: "at least \(value.of(one))"
        case .nothing: "an unknown number of \(one)s"
        }
    }
}

extension Report {
    /// How much of the violations when the run began is known.
    var extentBefore: KnownCount.Extent { extent { $0.before != nil } }

    /// How much of the violations when the run ended is known.
    var extentAfter: KnownCount.Extent { extent { $0.after != nil } }

    var violationsBefore: KnownCount { KnownCount(value: run.totals.before, extent: extentBefore) }
    var violationsAfter: KnownCount { KnownCount(value: run.totals.after, extent: extentAfter) }
    var usersBefore: KnownCount { KnownCount(value: run.totals.usersBefore, extent: extentBefore) }
    var usersAfter: KnownCount { KnownCount(value: run.totals.usersAfter, extent: extentAfter) }

    private func extent(_ isCounted: (CheckResult) -> Bool) -> KnownCount.Extent {
        let asked = checks.filter { $0.standing != .notRun }
        guard asked.contains(where: { isCounted($0.result) }) else { return .nothing }
        // A check that rows were hidden from has a count, and it may be too small.
        let isWhole = asked.allSatisfy { isCounted($0.result) && ($0.standing != .notMeasured) }
        return isWhole ? .whole : .part
    }
}
