import AuditModel
import Templating
import Wording

/// The checks that evidence shows: first what the run repaired, then what else it found.
struct EvidenceChecks {
    /// The most bullets that checks get; one of them counts those that have none.
    private static let limit = 3
    /// The most keys of repaired rows in all.
    private static let keyLimit = 10

    let shown: [EvidenceCheckView]
    let more: Int

    init(_ run: Run, _ repaired: [RepairedKeys], page: String?) {
        let found = run.checks.filter { ($0.before ?? 0) > 0 || ($0.repaired ?? 0) != 0 }
        let isRepaired: (CheckResult) -> Bool = { ($0.repaired ?? 0) != 0 }
        let ordered = found.filter(isRepaired) + found.filter { !isRepaired($0) }
        let first = ordered.prefix(ordered.count > Self.limit ? Self.limit - 1 : Self.limit)
        let keys = first.map { check in repaired.first { $0.check == check.id } }
        let share = Self.keyLimit / max(1, keys.count { $0 != nil })
        shown = zip(first, keys).map { check, keys in
            EvidenceCheckView(
                check: check,
                keys: keys.map { Array($0.keys.prefix(share)) } ?? [],
                rows: keys?.count ?? 0,
                page: page
            )
        }
        more = ordered.count - shown.count
    }
}

/// A check that found something, with some of the rows that its fix wrote.
struct EvidenceCheckView: View {
    let check: CheckResult
    let keys: [String]
    /// All rows that the fix wrote.
    let rows: Int
    let page: String?

    static let fields = Fields<EvidenceCheckView>([
        "id": .text { $0.check.id },
        "title": .text { $0.check.title.shortened(to: 200) },
        "before": .text { ($0.check.before ?? 0).grouped },
        "repaired": .text { ($0.check.repaired ?? 0).grouped },
        "after": .text { ($0.check.after ?? 0).grouped },
        "keys": .text { $0.keys.isEmpty ? nil : $0.keys.map { $0.shortened(to: 100) }.joined(separator: ", ") },
        "keys_more": .text { $0.rows > $0.keys.count && !$0.keys.isEmpty ? ($0.rows - $0.keys.count).grouped : nil },
        "page": .markup { $0.page },
    ])
}
