/// How a bug stands, as its entry says it.
enum BugStatus {
    case open, regressed, resolved

    var sign: String {
        switch self {
        case .open: "🔴"
        case .regressed: "🔁"
        case .resolved: "✅"
        }
    }

    var word: String {
        switch self {
        case .open: "OPEN"
        case .regressed: "REGRESSED"
        case .resolved: "RESOLVED"
        }
    }

    /// As the line with the label Status has it.
    func text(_ hasEmoji: Bool) -> String { hasEmoji ? "\(sign) \(word)" : word }

    /// In which section of a document the entry belongs.
    var state: EntryState { self == .resolved ? .resolved : .open }
}
