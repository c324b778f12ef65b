import AuditModel

/// How a check or a statistic stands, as a page shows it: never by colour alone.
enum Standing: Int, Comparable {
    // In the order of a page.
    case failing, refused, rolledBack, notMeasured, notRun, warning, info, repaired, clear

    /// - Parameter isGap: the run's coverage says that it was not, or not wholly, measured.
    init(_ status: Status, isGap: Bool) {
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

    var isMeasured: Bool { self != .notMeasured && self != .notRun }

    func label(_ mode: Run.Mode) -> String {
        switch self {
        case .failing: "Failing"
        case .refused: "Fix refused"
        case .rolledBack: "Fix rolled back"
        case .notMeasured: "Not measured"
        case .notRun: "Not run"
        case .warning: "Warning"
        case .info: "Info"
        case .repaired: mode == .dryRun ? "Would be repaired" : "Repaired"
        case .clear: "Clear"
        }
    }

    var symbol: String {
        switch self {
        case .failing, .refused, .rolledBack: "✕"
        case .notMeasured, .notRun: "?"
        case .warning: "!"
        case .info: "i"
        case .repaired, .clear: "✓"
        }
    }

    var tone: Tone {
        switch self {
        case .failing, .refused, .rolledBack: .bad
        case .notMeasured, .notRun: .unknown
        case .warning: .warning
        case .info: .quiet
        case .repaired, .clear: .good
        }
    }
}

/// The colour that goes with a message; the raw value is the name of a CSS class.
enum Tone: String {
    case bad, unknown, warning, quiet, good
}
