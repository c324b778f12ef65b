/// A broadcast entry was not created; the caller's transaction is as it was before.
public struct BroadcastError: Error, Hashable, Sendable {
    /// Why, for programs. More may come.
    public struct Code: Hashable, Sendable {
        private enum Value {
            case duplicatePair, unknownUser, wrongValue, noTransaction, interference, failure
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The channel pair has an entry already.
        public static let duplicatePair = Code(.duplicatePair)
        /// The client is no registered user.
        public static let unknownUser = Code(.unknownUser)
        /// An id is empty, or the table refuses a value.
        public static let wrongValue = Code(.wrongValue)
        /// The connection has no open transaction, or one that has failed.
        public static let noTransaction = Code(.noTransaction)
        /// Another transaction was in the way: roll the caller's transaction back, and try all of it again.
        public static let interference = Code(.interference)
        /// Anything else, such as a lost connection or a missing privilege.
        public static let failure = Code(.failure)
    }

    public var code: Code
    /// What the server said; nil when it was not asked.
    public var failure: SQLFailure?
    /// One full sentence; holds no value of the caller's.
    public var description: String

    init(_ code: Code, _ description: String, failure: SQLFailure? = nil) {
        self.code = code
        self.failure = failure
        self.description = description
    }
}

extension BroadcastError: CustomStringConvertible {}

extension BroadcastError {
    /// What a refusal of the server means to the caller.
    init(_ failure: SQLFailure) {
        let state = failure.sqlState ?? ""
        switch state {
        case "23503" where failure.constraint?.contains("client") != false:
            self.init(.unknownUser, "The client is no registered user: \(failure).", failure: failure)
        case "23505":
            self.init(.duplicatePair, "The channel pair has a broadcast entry already: \(failure).", failure: failure)
        case "25P01", "25P02":
            self.init(
                .noTransaction,
                "The connection has no transaction that could go on: \(failure).",
                failure: failure
            )
        case "40001", "40P01":
            self.init(
                .interference,
                "Another transaction was in the way; roll back and try the whole transaction again: \(failure).",
                failure: failure
            )
        case _ where state.hasPrefix("22") || state.hasPrefix("23"):
            self.init(.wrongValue, "The table of broadcast entries refuses a value: \(failure).", failure: failure)
        default:
            self.init(.failure, "The broadcast entry could not be created: \(failure).", failure: failure)
        }
    }
}
