/// How a transaction begins.
package enum TransactionMode: Sendable, Hashable {
    /// One state of the database from the first statement to the last; the state of an exported snapshot when one is
    /// named.
    case repeatableRead(readOnly: Bool, snapshot: String? = nil)
    /// Each statement sees the state at its own beginning, and nothing is held back between two of them; read-only.
    case readCommitted

    var isReadOnly: Bool {
        switch self {
        case .repeatableRead(let readOnly, _): readOnly
        case .readCommitted: true
        }
    }

    /// As `transaction_isolation` tells it.
    var isolation: String {
        switch self {
        case .repeatableRead: "repeatable read"
        case .readCommitted: "read committed"
        }
    }

    var snapshot: String? {
        switch self {
        case .repeatableRead(_, let snapshot): snapshot
        case .readCommitted: nil
        }
    }
}
