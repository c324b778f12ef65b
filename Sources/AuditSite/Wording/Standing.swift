import AuditModel

/// How a check or a statistic stands, as a page shows it: never by colour alone.
enum Standing: Int, Comparable, CaseIterable {
    // In the order of a page.
    case failing, refused, rolledBack, partlyRepaired, notMeasured, notMeasuredAgain, warning, info, repaired, clear
    /// Clear, since there was nothing that could have been a violation.
    case empty
    case notRun

    /// - Parameter isGap: the run's coverage says that it was not, or not wholly, measured.
    init(_ check: CheckResult, isGap: Bool) {
        self.init(check.status, isGap: isGap)
        switch self {
        case .rolledBack where (check.repaired ?? 0) > 0: self = .partlyRepaired
        case .notMeasured where check.before != nil && check.after == nil: self = .notMeasuredAgain
        case .clear where (check.scopeAfter ?? check.scopeBefore) == 0: self = .empty
        default: break
        }
    }

    init(_ statistic: StatisticResult, isGap: Bool) {
        self.init(statistic.status, isGap: isGap)
    }

    private init(_ status: Status, isGap: Bool) {
        self =
            switch status {
            case .failing: .failing
            case .refused: .refused
            case .rolledBack: .rolledBack
            case .error: .notMeasured
            case .skipped: .notRun
            case .warning: .warning
            case .info: .info
            case .repaired: isGap ? .notMeasured : .repaired
            case .clear: isGap ? .notMeasured : .clear
            }
    }

    static func < (a: Standing, b: Standing) -> Bool {
        a.rawValue < b.rawValue
    }

    /// It was to be measured, and what it would have said at the end is not known.
    var isUnknown: Bool { self == .notMeasured || self == .notMeasuredAgain }

    var isMeasured: Bool { !isUnknown && self != .notRun }

    /// Its fix was refused, or rolled back: what it finds is still there, all or in part.
    var hasStoppedFix: Bool { self == .refused || self == .rolledBack || self == .partlyRepaired }

    /// Nothing to do and nothing to look at.
    var isQuiet: Bool { self == .clear || self == .empty || self == .notRun }

    func label(_ report: Report) -> String {
        let wouldBe = report.isRehearsal && report.isUndo
        return switch self {
        case .failing: wouldBe ? "Would fail" : "Failing"
        case .refused: report.isRehearsal ? "Fix would be refused" : "Fix refused"
        case .rolledBack: report.isRehearsal ? "Fix would be rolled back" : "Fix rolled back"
        case .partlyRepaired: "Partly repaired"
        case .notMeasured: "Not measured"
        case .notMeasuredAgain: "Not measured again"
        case .warning: wouldBe ? "Would warn" : "Warning"
        case .info: "Info"
        case .repaired: report.isRehearsal ? "Would be repaired" : "Repaired"
        case .clear: "Clear"
        case .empty: "Clear, nothing to look at"
        case .notRun: "Not run"
        }
    }

    var symbol: String {
        switch self {
        case .failing, .refused, .rolledBack, .partlyRepaired: "✕"
        case .notMeasured, .notMeasuredAgain: "?"
        case .warning: "!"
        case .info: "i"
        case .repaired, .clear: "✓"
        case .empty: "○"
        case .notRun: "–"
        }
    }

    func tone(_ report: Report) -> Tone {
        switch self {
        case .failing, .refused, .rolledBack, .partlyRepaired: .bad
        case .notMeasured, .notMeasuredAgain: .unknown
        case .warning: .warning
        case .info, .empty, .notRun: .quiet
        // Nothing has become better yet.
        case .repaired: report.isRehearsal ? .quiet : .good
        case .clear: .good
        }
    }
}

/// The colour that goes with a message; the raw value is the name of a CSS class.
enum Tone: String {
    case bad, unknown, warning, quiet, good
}
