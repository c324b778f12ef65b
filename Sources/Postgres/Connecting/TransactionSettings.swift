import Synchronization

/// The server's settings that each transaction sets for itself, and those that must stay as they are while it is open.
struct TransactionSettings: Sendable {
    /// Ends the statement of a client that is gone.
    static let clientCheck = "client_connection_check_interval"

    /// What each transaction sets, by name.
    let values: [String: String]

    init(values: [String: String]) {
        self.values = values
    }

    /// Adds what a connection needs for itself, so that the server does not end it while the program works.
    init(_ settings: ConnectionSettings, at server: ServerFacts, checksClients: Bool) {
        var values = [
            "application_name": settings.applicationName,
            "client_encoding": server.encoding == "SQL_ASCII" ? "SQL_ASCII" : "UTF8",
            "idle_in_transaction_session_timeout": "0",
            "exit_on_error": "off",
        ]
        if server.version >= 170_000 { values["transaction_timeout"] = "0" }
        if checksClients { values[Self.clientCheck] = "2s" }
        self.values = values.merging(settings.transactionSettings) { $1 }
    }

    /// The database's and role's own, which change what a statement means or may do.
    private static let others = [
        "role", "session_authorization", "search_path", "session_replication_role", "TimeZone", "DateStyle",
        "IntervalStyle", "transaction_read_only", "transaction_isolation",
    ]

    /// Time limits and the like, which a trigger may set without changing what a statement means.
    static let harmless: Set<String> = [
        "application_name", "statement_timeout", "lock_timeout", "transaction_timeout",
        "idle_in_transaction_session_timeout", "exit_on_error", clientCheck,
    ]

    /// The names of all settings that are looked after, in a fixed order.
    var names: [String] { values.keys.sorted() + Self.others.filter { values[$0] == nil } }

    /// Sets the values, and returns them as the server writes them.
    var setting: (sql: String, parameters: [String]) {
        let sorted = values.sorted { $0.key < $1.key }
        let calls = sorted.indices.map { "set_config($\($0 * 2 + 1), $\($0 * 2 + 2), true)" }
        return ("SELECT " + calls.joined(separator: ", "), sorted.flatMap { [$0.key, $0.value] })
    }

    /// Reads all settings that are looked after, in the order of their names.
    var reading: (sql: String, parameters: [String]) {
        let names = names
        return ("SELECT " + names.indices.map { "current_setting($\($0 + 1))" }.joined(separator: ", "), names)
    }
}

/// The settings as an open transaction was begun with them, in the order of `TransactionSettings.names`.
final class BegunTransaction: Sendable {
    private let values = Mutex<[String?]>([])

    var settings: [String?] {
        get { values.withLock { $0 } }
        set { values.withLock { $0 = newValue } }
    }
}
