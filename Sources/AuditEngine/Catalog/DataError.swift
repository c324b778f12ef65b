import AuditModel
import Postgres

/// An error that a value of the data makes where the query is right: the server tells no place.
struct DataError {
    /// Where the query does what the value does not allow, or else the query's own.
    let place: Statement.Place
    let advice: String?

    /// Nil for what is no matter of data.
    init?(_ error: PostgresError, of bound: BoundStatement) {
        guard let state = error.sqlState, ["21", "22", "P0"].contains(state.errorClass) else { return nil }
        let (places, what, remedy) = Self.suspects(error, bound)
        place = places.first ?? bound.place
        guard let what else {
            advice = state.errorClass == "22" ? "A value in the data is the cause" : nil
            return
        }
        let words =
            switch places.count {
            case 0: "Somewhere the query, or a function or view in it, \(what)"
            case 1: "The query \(what) here"
            default: "Here the query \(what) for the first time"
            }
        advice = "\(words): \(remedy)"
    }

    private static func suspects(
        _ error: PostgresError,
        _ bound: BoundStatement
    ) -> (places: [Statement.Place], what: String?, remedy: String) {
        switch error.sqlState {
        case .divisionByZero?: (bound.divisions, "divides", "x / nullif(y, 0) gives NULL where y is 0")
        case let state? where ["22P02", "22007", "22008"].contains(state.rawValue) && !bound.casts.isEmpty:
            (bound.casts, "casts", "leave out the values that are not of that form, with CASE WHEN … THEN … END")
        default: ([], nil, "")
        }
    }
}
