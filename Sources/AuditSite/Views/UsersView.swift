import AuditModel
import CommonMark
import Templating
import Wording

/// The affected users, worst first, with their figures.
struct UsersView {
    /// The most that the HTML page shows; all are in `users.csv`.
    static let limit = 200
    static let markdownLimit = 50

    let rows: [UserView]
    let columns: [UserColumnView]
    /// How many there are, and what became of them.
    let affected: String
    /// Violations without a user, in words.
    let withoutUser: String?
    /// What a search leaves out, such as `9,800 more are in users.csv`; nil when it goes through all.
    var notSearched: String? {
        let rest = all - shown(rows.count)
        return rest > 0 ? "\(rest.grouped) more \(rest == 1 ? "is" : "are") in users.csv" : nil
    }

    /// Affected users, without the empty one.
    private let all: Int

    init(_ report: Report) {
        let users = report.run.users
        let ranked = users.ranked(limit: Self.limit)
        let shown = users.figures.flatMap { figures in
            figures.columns.indices.map { (figures: figures, column: $0) }
        }
        columns = shown.map { UserColumnView(name: Figure.heading($0.figures.columns[$0.column].name)) }
        rows = ranked.map { user in
            let figures = shown.map { figures, column in
                let title = figures.columns[column]
                return UserFigureView(
                    figure: Figure(
                        name: title.name,
                        before: figures.value(column: column, user: user, phase: .before),
                        after: figures.value(column: column, user: user, phase: .after),
                        format: title.format
                    )
                )
            }
            return UserView(user: user, report: report, figures: figures)
        }
        let nobody = users.index(of: "").flatMap { users.isAffected($0) ? users.total(user: $0) : nil }
        all = (0..<users.count).count { users.isAffected($0) } - (nobody == nil ? 0 : 1)
        affected = Self.affected(all, report)
        withoutUser = nobody.map { "\(max($0.before, $0.after).of("violation")) without a user" }
    }

    /// What a search goes through, such as `the 200 users shown`.
    var searched: String {
        let shown = shown(rows.count)
        return all > shown ? "the \(shown.of("user")) shown" : "all \(shown.of("user"))"
    }

    private static func affected(_ count: Int, _ report: Report) -> String {
        let words = "\(count.of("user")) affected"
        let (left, freed) = (report.run.totals.usersAfter, report.usersFreed)
        guard report.repairs, !report.isUndo, freed > 0 else { return words }
        let (have, haveNot) = (left == 1 ? "has" : "have", freed == 1 ? "has" : "have")
        return report.isRehearsal
            ? "\(words): \(left.grouped) would have something left, \(freed.grouped) nothing any more"
            : "\(words): \(left.grouped) \(have) something left, \(freed.grouped) \(haveNot) nothing left any more"
    }

    /// Such as `9,800 more`; nil when the first rows show all.
    func more(than rows: Int) -> String? {
        all > shown(rows) ? "\((all - shown(rows)).grouped) more" : nil
    }

    /// Users in the first rows, of which one may stand for violations without a user.
    private func shown(_ count: Int) -> Int {
        rows.prefix(count).count { !$0.isNobody }
    }
}

/// A figure that each user has.
struct UserColumnView: View {
    let name: String

    static let fields = Fields<UserColumnView>(["name": .text { $0.name }])
}

/// One user's value of a figure.
struct UserFigureView: View {
    let figure: Figure

    static let fields = Fields<UserFigureView>([
        "before": .text { $0.figure.text($0.figure.before) },
        "after": .text { $0.figure.text($0.figure.after) },
    ])
}
