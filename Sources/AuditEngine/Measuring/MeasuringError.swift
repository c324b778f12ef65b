import AuditModel

/// A check could not be measured as it is written.
struct MeasuringError: Error, CustomStringConvertible {
    let place: Statement.Place?
    let message: String

    init(_ place: Statement.Place?, _ message: String) {
        self.place = place
        self.message = message
    }

    var description: String {
        guard let place else { return message }
        return "\(place.path):\(place.line):\(place.column): \(message)"
    }
}
