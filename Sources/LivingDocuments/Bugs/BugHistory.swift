import AuditModel
import Templating

/// What happened to a bug, as an entry's comment keeps it: `opened:RUN,resolved:RUN,regressed:RUN`.
struct BugHistory: Equatable {
    enum Event: String {
        case opened, resolved, regressed
    }

    /// More than that were of no use to a reader; the first one stays.
    private static let limit = 8

    private(set) var events: [(event: Event, run: RunID)] = []

    static func == (a: BugHistory, b: BugHistory) -> Bool { a.text == b.text }

    init() {}

    init(_ text: String) {
        for part in text.split(separator: ",") {
            let words = part.split(separator: ":")
            guard words.count == 2, let event = Event(rawValue: String(words[0])), let run = RunID(String(words[1]))
            else {
                continue
            }
            events.append((event, run))
        }
    }

    var text: String { events.map { "\($0.event.rawValue):\($0.run)" }.joined(separator: ",") }

    /// Nil for a bug that nobody has seen.
    var last: Event? { events.last?.event }

    /// How the bug stands now.
    var status: BugStatus {
        switch last {
        case .resolved: .resolved
        case .regressed: .regressed
        case .opened, nil: .open
        }
    }

    mutating func add(_ event: Event, _ run: RunID) {
        events.append((event, run))
        if events.count > Self.limit { events.remove(at: 1) }
    }

    /// The history after a run that measured the check.
    func after(_ finding: Finding, in run: RunID) -> BugHistory {
        var next = self
        let wasFound = finding.before > 0 || finding.standing == .violated
        if wasFound, last != .opened, last != .regressed { next.add(events.isEmpty ? .opened : .regressed, run) }
        if finding.standing == .clear, next.last == .opened || next.last == .regressed { next.add(.resolved, run) }
        return next
    }
}

/// Something that happened to a bug, for its entry.
struct BugEventView: View {
    let event: BugHistory.Event
    let run: RunID

    static let fields = Fields<BugEventView>([
        "event": .text { $0.event.rawValue },
        "date": .text { CalendarDate($0.run).text },
        "run_id": .text { $0.run.description },
    ])
}
