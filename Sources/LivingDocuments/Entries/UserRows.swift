import AuditModel
import CommonMark
import Templating
import Wording

/// The affected users of an entry, worst first; below a repair, those with the most repaired rows.
struct UserRows {
    /// The most that an entry shows.
    static let limit = 20

    let rows: [UserRow]
    /// Affected users that are not shown.
    let more: Int

    /// - Parameter check: the only check that counts.
    init(_ users: UserTallies, check: String) { self.init(users, checks: [check]) }

    /// - Parameters:
    ///   - checks: the checks that count; all of them when nil.
    ///   - isOfRepair: the entry is about what was repaired.
    init(_ users: UserTallies, checks: [String]? = nil, isOfRepair: Bool = false) {
        let indices = checks.map { $0.compactMap { users.checks.firstIndex(of: $0) } }
        let tally = { (user: Int) in indices.map { users.total(user: user, of: $0) } ?? users.total(user: user) }
        let precedes = { (a: Entry, b: Entry) in
            let (first, second) = isOfRepair ? (abs(a.tally.repaired), abs(b.tally.repaired)) : (0, 0)
            return first != second ? first > second : Self.precedes(a, b, users)
        }
        var best: [Entry] = []
        var affected = 0
        for user in 0..<users.count {
            let entry = (user: user, tally: tally(user))
            guard entry.tally != UserTallies.Tally() else { continue }
            affected += 1
            if best.count == Self.limit, let last = best.last, !precedes(entry, last) { continue }
            best.insert(entry, at: best.firstIndex { precedes(entry, $0) } ?? best.endIndex)
            if best.count > Self.limit { best.removeLast() }
        }
        rows = best.map { UserRow(id: users.id($0.user), label: users.label($0.user) ?? "", tally: $0.tally) }
        more = affected - rows.count
    }

    private typealias Entry = (user: Int, tally: UserTallies.Tally)

    /// Most left, then most found, then by id; violations without a user last.
    private static func precedes(
        _ a: Entry,
        _ b: Entry,
        _ users: UserTallies
    ) -> Bool {
        let (first, second) = (users.id(a.user), users.id(b.user))
        if first.isEmpty != second.isEmpty { return second.isEmpty }
        if a.tally.after != b.tally.after { return a.tally.after > b.tally.after }
        if a.tally.before != b.tally.before { return a.tally.before > b.tally.before }
        return first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}

/// A row of an entry's table of users.
struct UserRow: View {
    let id: String
    let label: String
    let tally: UserTallies.Tally

    /// The first part of a UUID tells users apart, and the report has all of it.
    private static func short(_ id: String) -> String {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        let isUUID = parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
        return isUUID ? "\(parts[0])…" : id.shortened(to: 200)
    }

    static let fields = Fields<UserRow>([
        "is_nobody": .flag { $0.id.isEmpty },
        "name": .text { ($0.label.isEmpty ? $0.id : $0.label).shortened(to: 200) },
        // Beside a label only: without one the name is the id.
        "id": .text { $0.label.isEmpty ? nil : Self.short($0.id) },
        "before": .text { $0.tally.before.grouped },
        "repaired": .text { abs($0.tally.repaired).grouped },
        "gone": .text { $0.tally.gone.grouped },
        "new": .text { $0.tally.new.grouped },
        "after": .text { $0.tally.after.grouped },
    ])
}
