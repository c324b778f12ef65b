import AuditModel
import Templating
import Wording

/// The checks that evidence shows: first what the run repaired, then what else it found.
struct EvidenceChecks {
    /// The most bullets that checks get; one of them counts those that have none.
    private static let limit = 3
    /// The most keys of repaired rows in all.
    private static let keyLimit = 5
    /// A longer key is not shown, since a part of it could not be looked up.
    private static let keyLength = 300

    let shown: [EvidenceCheckView]
    let more: Int

    /// - Parameters:
    ///   - named: the only checks that count, all of which are shown.
    ///   - page: the way to what a run's page tells of a check.
    init(_ run: Run, _ named: [String]?, _ repaired: [RepairedKeys], page: (String) -> String?) {
        let found = run.checks.filter { check in
            named?.contains(check.id) ?? ((check.before ?? 0) > 0 || (check.repaired ?? 0) != 0)
        }
        let isRepaired: (CheckResult) -> Bool = { ($0.repaired ?? 0) != 0 }
        let ordered = found.filter(isRepaired) + found.filter { !isRepaired($0) }
        let isLong = named == nil && ordered.count > Self.limit
        let first = isLong ? Array(ordered.prefix(Self.limit - 1)) : ordered
        let keys = first.map { check in repaired.first { $0.check == check.id } }
        let share = max(1, Self.keyLimit / max(1, keys.count { $0 != nil }))
        shown = zip(first, keys).map { check, keys in
            EvidenceCheckView(
                check: check,
                keys: keys.map { Array($0.keys.filter { $0.utf8.count <= Self.keyLength }.prefix(share)) } ?? [],
                rows: keys?.count ?? 0,
                page: page(check.id)
            )
        }
        more = ordered.count - shown.count
    }
}

/// A check that found something, with some of the rows that its fix wrote.
struct EvidenceCheckView: View {
    let check: CheckResult
    /// Whole, so that the rows can be looked up.
    let keys: [String]
    /// All rows that the fix wrote.
    let rows: Int
    let page: String?

    static let fields = Fields<EvidenceCheckView>([
        "id": .text { $0.check.id },
        "title": .text { $0.check.title.shortened(to: 200) },
        "before": .text { ($0.check.before ?? 0).grouped },
        "repaired": .text { abs($0.check.repaired ?? 0).grouped },
        "after": .text { ($0.check.after ?? 0).grouped },
        "keys": .text { $0.keys.isEmpty ? nil : $0.keys.joined(separator: ", ") },
        "keys_more": .text { $0.rows > $0.keys.count && !$0.keys.isEmpty ? ($0.rows - $0.keys.count).grouped : nil },
        "page": .markup { $0.page },
    ])
}
