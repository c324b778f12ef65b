/// The value of a named parameter, in PostgreSQL's text form; the server gives it its type.
package enum ParameterValue: Sendable, Equatable {
    case null
    case text(String)
    /// Sent as an array.
    case list([String])
}
