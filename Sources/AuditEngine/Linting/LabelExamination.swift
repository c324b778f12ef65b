import AuditModel
import Postgres

/// What a server has against the query for the users' labels.
struct LabelExamination {
    typealias Finding = ServerLint.Finding

    /// The users of one check.
    struct Users {
        var check: String
        var typeName: String
    }

    let labels: Statement
    let users: [Users]
    let unread: [Statement]

    func findings(on connection: borrowing Connection) throws -> [Finding] {
        let parameters: [String: ParameterValue] = ["users": .list([])]
        let isUnread = unread.contains(labels)
        let asked = try AskedStatement(labels, of: "users", parameters: parameters, users: [], isUnread: isUnread)
        if let error = try asked.refusal(on: connection) { return [asked.finding(error, on: connection)] }
        let bound = try BoundStatement(labels, of: "users", parameters: parameters)
        let shape = try connection.describe(bound.sql)
        var findings = [asked.acceptance(on: connection)].compactMap(\.self)
        if shape.columns.count != 2 {
            let message =
                "`users: label:` returns two columns, the user and the label; this returns \(shape.columns.count)"
            findings.append(Finding(place: labels.place, message: message, isWarning: false))
        }
        do {
            try ParameterTypes(of: labels, values: parameters).verify(bound.names, shape, on: connection)
        } catch let error as MeasuringError {
            return findings + [Finding(error, at: labels.place)]
        }
        return findings + (shape.parameters.first.flatMap { otherType($0.name) }.map { [$0] } ?? [])
    }

    /// A word on users of another type than the one by which the labels are looked up.
    private func otherType(_ array: String) -> Finding? {
        let wanted = array.replacing("[]", with: "")
        // Every user can be a text.
        guard !Self.texts.contains(Self.plain(wanted)) else { return nil }
        guard let other = users.first(where: { !Self.isAlike($0.typeName, wanted) }) else { return nil }
        return Finding(
            place: labels.place,
            message: "`users: label:` looks users up as \(wanted), and those of the check '\(other.check)' are "
                + "\(other.typeName): cast both to text, as in WHERE id::text = ANY(:users)",
            isWarning: true
        )
    }

    private static let texts: Set = ["text", "character varying", "character", "citext", "name"]
    private static let numbers: Set = ["smallint", "integer", "bigint", "numeric"]

    private static func isAlike(_ a: String, _ b: String) -> Bool {
        plain(a) == plain(b) || numbers.isSuperset(of: [plain(a), plain(b)])
    }

    /// A type's name without its length.
    private static func plain(_ type: String) -> String {
        String(type.prefix { $0 != "(" })
    }
}
