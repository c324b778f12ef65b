import AuditModel

/// What a run knows of one check that finds violations: what was measured first, what was committed, what was measured
/// last. Everything that is said of the check is read from here.
struct CheckLedger: Sendable {
    /// What one of the two measurings came to.
    enum Measured: Sendable {
        case not
        case done(Measurement)
        case failed(String)

        var measurement: Measurement? {
            if case .done(let measurement) = self { measurement } else { nil }
        }
    }

    /// What became of the fix, or of an undo.
    enum Repair: Sendable {
        /// None was tried.
        case none
        /// So many rows were committed, or with a dry run would be; below zero for rows that were taken back.
        case done(rows: Int)
        /// The limits stopped it.
        case refused(String)
        /// Nothing of it, or with a number only so much of it, was committed.
        case stopped(String, rows: Int)

        var rows: Int? {
            switch self {
            case .none: nil
            case .done(let rows), .stopped(_, let rows): rows
            case .refused: 0
            }
        }

        /// Why nothing, or not all, was repaired.
        var reason: String? {
            switch self {
            case .none, .done: nil
            case .refused(let reason), .stopped(let reason, _): reason
            }
        }
    }

    let check: Check
    let work: ViolationWork
    /// Why the run did not look at it.
    var skipped: String?
    var first = Measured.not
    var repair = Repair.none
    var last = Measured.not
    /// Violations that a dry run would leave.
    var predicted: Int?
    /// The first rows that were changed.
    var repairs = Sample()
    /// The first violations that are not left.
    var ended = Sample()
    var notes: [String] = []
    /// Rows that an undo could not take back.
    var left: Int?
    var seconds = 0.0

    init(_ check: Check, _ work: ViolationWork) {
        self.check = check
        self.work = work
    }

    /// - Parameters:
    ///   - index: the check's position in the users' counts.
    ///   - isMeasuredAgain: the run measured, or was to measure, a second time.
    ///   - isWriting: violations may have ended or begun.
    func result(users: UserTallies, index: Int, isMeasuredAgain: Bool, isWriting: Bool) -> CheckResult {
        var result = CheckResult(check: check, work: work)
        result.before = first.measurement?.count
        result.scopeBefore = first.measurement?.scope
        result.repaired = repair.rows
        result.after = isMeasuredAgain ? last.measurement?.count : predicted ?? result.before
        result.scopeAfter = isMeasuredAgain ? last.measurement?.scope : result.scopeBefore
        if result.before != nil { result.usersBefore = users.users(check: index, phase: .before) }
        if result.after != nil { result.usersAfter = users.users(check: index, phase: .after) }
        if isWriting, result.before != nil, result.after != nil {
            result.gone = users.sum(check: index, phase: .gone)
            result.new = users.sum(check: index, phase: .new)
        }
        result.sample = (last.measurement ?? first.measurement)?.sample ?? Sample()
        result.repairs = repairs
        result.ended = ended
        result.notes = notes
        result.left = left
        result.seconds = seconds
        (result.status, result.error) = standing(after: result.after)
        return result
    }

    private func standing(after: Int?) -> (Status, String?) {
        if let skipped { return (.skipped, skipped) }
        if case .failed(let reason) = first { return (.error, reason) }
        if case .failed(let reason) = last { return (.error, unknownAfter(reason)) }
        guard let after else { return (.error, "it was not measured") }
        switch repair {
        case .refused(let reason): return (.refused, reason)
        case .stopped(let reason, _): return (.rolledBack, reason)
        case .none, .done:
            if after > 0 { return (Status(violated: check.severity), nil) }
            return ((repair.rows ?? 0) > 0 ? .repaired : .clear, nil)
        }
    }

    /// What is left is not known, and what was committed is.
    private func unknownAfter(_ reason: String) -> String {
        let committed =
            switch repair.rows ?? 0 {
            case 0: repair.reason.map { "\($0); and it" } ?? "it"
            case 1: "1 row was repaired; the check"
            case -1: "1 row was taken back; the check"
            case let rows where rows > 0: "\(rows) rows were repaired; the check"
            case let rows: "\(-rows) rows were taken back; the check"
            }
        return "\(committed) could not be measured again: \(reason)"
    }
}
