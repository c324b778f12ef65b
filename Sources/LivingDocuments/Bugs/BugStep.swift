import AuditModel
import CommonMark
import Templating
import Wording

/// What one run did to a bug, for its entry: `opened and resolved [25 Nov](…) (7 rows)`.
struct BugStep: View {
    let events: [BugHistory.Event]
    /// The day in the document's style, and the time where another step is of the same day.
    let date: String
    let link: (RunID) -> String?

    private var run: RunID? { events.first?.run }

    /// The steps of a history in their order.
    static func all(_ history: BugHistory, style: DateStyle, link: @escaping (RunID) -> String?) -> [BugStep] {
        var groups: [[BugHistory.Event]] = []
        for event in history.events {
            if groups.last?.first?.run == event.run {
                groups[groups.count - 1].append(event)
            } else {
                groups.append([event])
            }
        }
        let runs = groups.compactMap(\.first?.run)
        return groups.enumerated().map { index, events in
            let date = CalendarDate(runs[index])
            let isSameAsBefore = index > 0 && CalendarDate(runs[index - 1]) == date
            let isSameAsNext = index + 1 < runs.count && CalendarDate(runs[index + 1]) == date
            let day = isSameAsBefore ? [] : [style.text(of: date)]
            let time = isSameAsBefore || isSameAsNext ? [runs[index].timeText] : []
            return BugStep(events: events, date: (day + time).joined(separator: " "), link: link)
        }
    }

    static let fields = Fields<BugStep>([
        "event": .text { $0.events.map(\.kind.word).joined(separator: " and ") },
        "date": .text { $0.date },
        "run_id": .text { $0.run?.description },
        "run_link": .markup { step in step.run.flatMap(step.link) },
        "rows": .text { $0.events.compactMap(\.rows).last?.of("row") },
        "undone": .text { $0.events.compactMap(\.undone).last?.description },
        "undone_link": .markup { step in step.events.compactMap(\.undone).last.flatMap(step.link) },
    ])
}

extension RunID {
    /// When the run began, such as `08:24 UTC`.
    var timeText: String {
        let digits = description.dropFirst(9)
        return "\(digits.prefix(2)):\(digits.dropFirst(2).prefix(2)) UTC"
    }
}
