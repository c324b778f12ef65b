import AuditModel
import CommonMark
import Templating

/// The affected users, worst first, with their figures.
struct UsersView {
    /// The most that the HTML page shows; all are in `users.csv`.
    static let limit = 200
    static let markdownLimit = 50

    let rows: [UserView]
    let columns: [UserColumnView]
    /// Users with a count, without the empty one.
    let affected: Int
    /// Violations without a user, in words.
    let withoutUser: String?
    /// Rows that there would be without a limit.
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
        all = (0..<users.count).count { users.isAffected($0) }
        let nobody = users.index(of: "").flatMap { users.isAffected($0) ? users.total(user: $0) : nil }
        affected = all - (nobody == nil ? 0 : 1)
        withoutUser = nobody.map { "\(max($0.before, $0.after).of("violation")) without a user" }
    }

    /// Such as `9,800 more`; nil when all are shown.
    func more(than shown: Int) -> String? {
        all > shown ? "\((all - shown).grouped) more" : nil
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
