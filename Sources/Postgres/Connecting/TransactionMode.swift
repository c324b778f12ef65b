/// How a transaction begins.
package enum TransactionMode: Sendable, Hashable {
    /// One state of the database from the first statement to the last; the state of an exported snapshot when one is
    /// named.
    case repeatableRead(readOnly: Bool, snapshot: String? = nil)
}
