import AuditModel
import CommonMark
import Templating
import Wording

/// The users with most violations, as far as they stand out from the others.
struct WorstUsers {
    /// More users than this with the same count are a crowd and have no names.
    private static let crowd = 10
    private static let most = 3

    let introduction: String
    let users: [WorstUserView]
    /// Such as `100,000 users have 5 each.`, in place of names that would be any of them.
    let tie: String?

    init(_ tallies: UserTallies) {
        let ranked = tallies.ranked(limit: Self.crowd + 1)
            .map { (user: $0, left: tallies.total(user: $0).after) }
            .filter { $0.left > 0 && !tallies.id($0.user).isEmpty }
        let top = ranked.first?.left ?? 0
        let tied = ranked.prefix { $0.left == top }.count
        guard tied <= Self.crowd else {
            let id = tallies.index(of: "")
            let all = (0..<tallies.count).count { $0 != id && tallies.total(user: $0).after == top }
            introduction = ""
            users = []
            tie = "\(all.grouped) users have \(top.grouped) each."
            return
        }
        // A name is given to all who have the same count, or to none of them.
        var shown = tied
        while shown < min(Self.most, ranked.count) {
            let next = ranked[shown].left
            let end = ranked.firstIndex { $0.left < next } ?? ranked.count
            guard end <= Self.most else { break }
            shown = end
        }
        users = ranked.prefix(shown).map { WorstUserView(name: tallies.name($0.user), violations: $0.left) }
        introduction = tallies.affectedAfter > shown ? "Most affected:" : "Affected:"
        tie = nil
    }
}

/// A user in the first sentence of a page.
struct WorstUserView: View {
    let name: String
    let violations: Int

    static let fields = Fields<WorstUserView>([
        "name": .text { $0.name },
        "violations": .text { $0.violations.grouped },
    ])
}

extension UserTallies {
    /// The label, or else the id.
    func name(_ user: Int) -> String {
        let label = label(user) ?? ""
        return MarkdownEscaping.visible(label.isEmpty ? id(user) : label)
    }
}
