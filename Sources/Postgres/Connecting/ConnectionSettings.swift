/// How to reach a database, and how its transactions are to begin.
package struct ConnectionSettings: Sendable {
    /// A conninfo string or a `postgresql://` URL. Nil or empty: libpq's own, from `PGSERVICE`, `PGHOST`, `.pgpass` …
    package var conninfo: String?
    /// How the session names itself in `pg_stat_activity`; wins over what the conninfo says.
    package var applicationName: String
    /// Seconds for each address; a time limit from the conninfo, a service file or the environment wins.
    package var connectTimeout: Int
    /// Server settings of every transaction, such as `statement_timeout`; never of the session, which a pooler shares.
    package var transactionSettings: [String: String]
    /// What must be so whenever a transaction that writes begins.
    package var writeCondition: WriteCondition?

    package init(
        conninfo: String? = nil,
        applicationName: String,
        connectTimeout: Int = 10,
        transactionSettings: [String: String] = [:]
    ) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.transactionSettings = transactionSettings
    }

    /// A query that returns true, or the transaction is refused for the reason.
    package struct WriteCondition: Sendable {
        package var sql: String
        package var parameters: [String?]
        package var reason: String

        package init(sql: String, parameters: [String?], reason: String) {
            self.sql = sql
            self.parameters = parameters
            self.reason = reason
        }
    }
}
