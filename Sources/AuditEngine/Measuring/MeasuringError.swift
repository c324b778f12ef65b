import AuditModel
import Postgres

/// A check could not be measured as it is written.
struct MeasuringError: Error, CustomStringConvertible {
    let place: Statement.Place?
    let message: String
    /// A name that the database lacks; its catalog may have one like it.
    let missing: MissingName?

    init(_ place: Statement.Place?, _ message: String, missing: MissingName? = nil) {
        self.place = place
        self.message = message
        self.missing = missing
    }

    /// The error with what the catalog says to it, once the failed statement is rolled back.
    func advised(on connection: borrowing Connection) -> MeasuringError {
        guard let missing, let sentence = try? CatalogAdvice(missing: missing).sentence(on: connection) else {
            return self
        }
        return MeasuringError(place, "\(message). \(sentence)")
    }

    var description: String {
        let words = (missing?.hint).map { "\(message). \($0)" } ?? message
        guard let place else { return words }
        return "\(place.path):\(place.line):\(place.column): \(words)"
    }
}
