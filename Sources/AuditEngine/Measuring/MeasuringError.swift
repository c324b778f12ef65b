import AuditModel

/// A check could not be measured as it is written, or not be repaired.
struct MeasuringError: Error, CustomStringConvertible {
    let place: Statement.Place?
    let message: String
    /// How the check stands for it.
    let status: Status

    init(_ place: Statement.Place?, _ message: String, status: Status = .error) {
        self.place = place
        self.message = message
        self.status = status
    }

    var description: String {
        guard let place else { return message }
        return "\(place.path):\(place.line):\(place.column): \(message)"
    }
}
