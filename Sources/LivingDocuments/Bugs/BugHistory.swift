import AuditModel

/// What happened to a bug, as an entry's comment keeps it: `opened:RUN,resolved:RUN:7,reopened:RUN:UNDONE`.
struct BugHistory: Equatable {
    enum Kind: String {
        case opened, resolved, regressed
        /// Its repairs were taken back.
        case reopened
        /// Some rows were, and others are left.
        case repaired
        /// Rows were taken back of a bug that was open before.
        case undone

        /// It leaves the bug as open as it was.
        var isStep: Bool { self == .repaired || self == .undone }

        var word: String { self == .undone ? "taken back" : rawValue }
    }

    struct Event: Equatable {
        var kind: Kind
        var run: RunID
        /// The rows that the run repaired or took back.
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
            let details = words.dropFirst(2)
            events.append(
                Event(
                    kind: kind,
                    run: run,
                    rows: details.lazy.compactMap { Int($0) }.first,
                    undone: details.lazy.compactMap { RunID($0) }.first
                )
            )
        }
    }

    var text: String {
        events.map { event in
            let details = [event.undone?.description, event.rows.map(String.init)].compactMap(\.self)
            return ([event.kind.rawValue, event.run.description] + details).joined(separator: ":")
        }
        .joined(separator: ",")
    }

    /// How the bug stands now.
    var status: BugStatus {
        switch events.last(where: { !$0.kind.isStep })?.kind {
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
        if isOpen, let undone = run.undoes, let repaired = finding.repaired, repaired < 0 {
            next.add(Event(kind: .undone, run: run.id, rows: -repaired, undone: undone))
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
