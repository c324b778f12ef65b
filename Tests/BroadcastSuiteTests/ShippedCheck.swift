import ShippedFiles
import Testing

/// The statements of one check of the shipped suite, ready to run with the suite's own parameters.
struct ShippedCheck {
    let id: String
    private let text: String

    /// The suite's parameters, as `suite.yml` has them.
    private static let parameters = ["stuck_after": "1 hour", "overdue_after": "48 hours", "max_channels": "10"]

    init(_ id: String) throws {
        self.id = id
        text = try shippedFile("\(id).md")
    }

    /// The SQL of the fence with a word such as `find`.
    func sql(_ word: String) throws -> String {
        let start = try #require(text.firstRange(of: "\n```sql \(word)\n"), "\(id) has no \(word)")
        let end = try #require(text[start.upperBound...].firstRange(of: "\n```"))
        return Self.parameters.reduce(String(text[start.upperBound..<end.lowerBound])) { sql, parameter in
            sql.replacing(":\(parameter.key)::", with: "'\(parameter.value)'::")
        }
    }
}

/// The text of a file of `audits/broadcast`.
func shippedFile(_ name: String) throws -> String {
    try #require(ShippedFiles.text("audits/broadcast/\(name)"), "\(name) is not shipped")
}
