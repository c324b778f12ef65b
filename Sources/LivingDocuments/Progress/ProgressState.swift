/// The last known count of each check, as an entry's comment keeps it: `id:3,other:0?`.
struct ProgressState: Equatable {
    struct Count: Equatable {
        /// Nil when the check was never measured.
        var known: Int?
        /// The newest run measured it.
        var isMeasured: Bool
    }

    private(set) var counts: [String: Count] = [:]
    private var order: [String] = []

    init() {}

    init(_ text: String) {
        for part in text.split(separator: ",") {
            guard let colon = part.lastIndex(of: ":") else { continue }
            let value = part[part.index(after: colon)...]
            let isMeasured = !value.hasSuffix("?")
            let known = Int(isMeasured ? value : value.dropLast())
            self[String(part[..<colon])] = Count(known: known, isMeasured: isMeasured)
        }
    }

    var text: String {
        order.compactMap { id in
            counts[id].map { "\(id):\($0.known.map(String.init) ?? "")\($0.isMeasured ? "" : "?")" }
        }
        .joined(separator: ",")
    }

    subscript(id: String) -> Count? {
        get { counts[id] }
        set {
            if counts[id] == nil, newValue != nil { order.append(id) }
            counts[id] = newValue
        }
    }

    /// What is known after a run; what it did not measure keeps its count, and what it skipped stays as it was.
    func after(_ findings: [Finding]) -> ProgressState {
        var next = ProgressState()
        for finding in findings {
            switch finding.standing {
            case .clear, .violated: next[finding.id] = Count(known: finding.after, isMeasured: true)
            case .unmeasured(reason: nil): next[finding.id] = self[finding.id]
            case .unmeasured: next[finding.id] = Count(known: self[finding.id]?.known, isMeasured: false)
            }
        }
        return next
    }
}
