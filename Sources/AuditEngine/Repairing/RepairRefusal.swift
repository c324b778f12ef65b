import AuditModel

/// The limits of a fix do not allow what it would repair; nothing was tried.
struct RepairRefusal: Error, CustomStringConvertible {
    let place: Statement.Place
    let message: String

    var description: String { MeasuringError(place, message).description }
}
