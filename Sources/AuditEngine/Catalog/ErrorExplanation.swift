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
        if let advice {
            words.hint = nil
            place = place ?? advice.place
        }
        message = bound.withNames(words.explanation) + (advice.map { ". \($0.words)" } ?? "")
        guard place == nil, let data = DataError(error, of: bound) else { return }
        place = data.place
        message += data.advice.map { ". \($0)" } ?? ""
    }

    /// The message with what the catalog, or else the server, has to say; the transaction must be in order.
    func advised(on connection: borrowing Connection) -> String {
        guard let missing else { return message }
        let sentence = (try? CatalogAdvice(missing: missing).sentence(on: connection)) ?? missing.hint
        return sentence.map { "\(message). \($0)" } ?? message
    }
}
