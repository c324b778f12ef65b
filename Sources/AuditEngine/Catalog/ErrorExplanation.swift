import AuditModel
import Postgres
import SQLSyntax

/// What the server has against a check's statement, in words about the check file.
struct ErrorExplanation {
    var place: Statement.Place?
    var message: String
    /// What the catalog may have an answer to.
    var missing: MissingName?

    init(_ error: PostgresError, of bound: BoundStatement) {
        place = bound.place(of: error)
        missing = bound.missing(error)
        var words = error
        // The catalog's own advice is better, and the hint stays for where it has none.
        if missing != nil { words.hint = nil }
        let advice = bound.adviceOnParameter(error)
        if advice != nil { words.hint = nil }
        message = bound.withNames(words.explanation) + (advice.map { ". \($0)" } ?? "")
        guard error.sqlState == .divisionByZero, let divisions = bound.divisions, let first = divisions.first else {
            return
        }
        place = place ?? first
        message += divisions.count == 1 ? ". The query divides here" : ". Here the query divides for the first time"
        message += ": x / nullif(y, 0) gives NULL where y is 0"
    }

    /// The message with what the catalog, or else the server, has to say; the transaction must be in order.
    func advised(on connection: borrowing Connection) -> String {
        guard let missing else { return message }
        let sentence = (try? CatalogAdvice(missing: missing).sentence(on: connection)) ?? missing.hint
        return sentence.map { "\(message). \($0)" } ?? message
    }
}
