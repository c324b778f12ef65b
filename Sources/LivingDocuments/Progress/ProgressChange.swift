import Templating
import Wording

/// A check whose count is not what it was.
struct ProgressChange: View {
    let title: String
    /// Nil for a check that the document has not told of.
    let from: String?
    let to: String

    static let fields = Fields<ProgressChange>([
        "title": .text { $0.title.shortened(to: 100) },
        "from": .text { $0.from },
        "to": .text { $0.to },
    ])

    /// - Parameter previous: nil in a document's first entry.
    static func all(_ findings: [Finding], since previous: ProgressState?) -> [ProgressChange] {
        findings.compactMap { finding in
            let known = previous?[finding.id]
            switch finding.standing {
            case .unmeasured(reason: nil): return nil
            case .unmeasured:
                // Told once, not every night.
                guard let known, known.isMeasured, let count = known.known else { return nil }
                return ProgressChange(title: finding.title, from: count.grouped, to: "not measured")
            case .clear, .violated:
                let from = known?.known ?? finding.before
                let isNews = known?.known == nil && previous != nil && finding.after > 0
                // A gap was told, and so is its end.
                if let known, !known.isMeasured {
                    return ProgressChange(title: finding.title, from: "not measured", to: finding.after.grouped)
                }
                guard from != finding.after || (finding.repaired ?? 0) > 0 || isNews else { return nil }
                // What came and went since the last entry was there when the run began.
                let shown = from == finding.after ? finding.before : from
                return ProgressChange(
                    title: finding.title,
                    from: isNews ? nil : shown.grouped,
                    to: finding.after.grouped
                )
            }
        }
    }
}
