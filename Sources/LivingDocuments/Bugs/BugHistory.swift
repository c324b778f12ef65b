import AuditModel

/// What happened to a bug, as an entry's comment keeps it: `opened:RUN,resolved:RUN:7,reopened:RUN:UNDONE`.
struct BugHistory: Equatable {
    enum Kind: String {
        case opened, resolved, regressed
        /// Its repairs were taken back.
        case reopened
        /// Some rows were, and others are left.
        case repaired
    }

    struct Event: Equatable {
        var kind: Kind
        var run: RunID
        /// The rows that the run repaired.
        var rows: Int?
        /// The run whose repairs this one took back.
        var undone: RunID?
    }

    /// More than that were of no use to a reader; the first one stays.
    private static let limit = 8

    private(set) var events: [Event] = []

    init() {}

    init(_ text: String) {
        for part in text.split(separator: ",") {
            let words = part.split(separator: ":").map(String.init)
            guard words.count >= 2, let kind = Kind(rawValue: words[0]), let run = RunID(words[1]) else { continue }
            let detail = words.count > 2 ? words[2] : ""
            events.append(Event(kind: kind, run: run, rows: Int(detail), undone: RunID(detail)))
        }
    }

    var text: String {
        events.map { event in
            let detail = event.rows.map(String.init) ?? event.undone?.description
            return "\(event.kind.rawValue):\(event.run)" + (detail.map { ":\($0)" } ?? "")
        }
        .joined(separator: ",")
    }

    /// How the bug stands now.
    var status: BugStatus {
        switch events.last(where: { $0.kind != .repaired })?.kind {
        case .resolved: .resolved
        case .regressed: .regressed
        default: .open
        }
    }

    /// The bug was seen, and is not resolved.
    var isOpen: Bool { !events.isEmpty && status != .resolved }

    /// What a run did.
    func events(of run: RunID) -> [Event] { events.filter { $0.run == run } }

    /// The history after a run that measured the check.
    func after(_ finding: Finding, in run: Run) -> BugHistory {
        var next = self
        if !isOpen, finding.before > 0 || finding.standing == .violated {
            // What an undo brings back was not there when it began.
            let isTakenBack = run.undoes != nil && finding.before == 0
            let kind: Kind = events.isEmpty ? .opened : isTakenBack ? .reopened : .regressed
            next.add(Event(kind: kind, run: run.id, undone: kind == .reopened ? run.undoes : nil))
        }
        let rows = finding.repaired.flatMap { $0 > 0 ? $0 : nil }
        if next.isOpen {
            if finding.standing == .clear {
                next.add(Event(kind: .resolved, run: run.id, rows: rows))
            } else if let rows {
                next.add(Event(kind: .repaired, run: run.id, rows: rows))
            }
        }
        return next
    }

    private mutating func add(_ event: Event) {
        events.append(event)
        if events.count > Self.limit { events.remove(at: 1) }
    }
}
