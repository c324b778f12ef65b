/// How to reach a database, and how the session is to behave.
package struct ConnectionSettings: Sendable {
    /// A conninfo string or a `postgresql://` URL. Nil or empty: libpq's own, from `PGSERVICE`, `PGHOST`, `.pgpass` …
    package var conninfo: String?
    /// How the session names itself in `pg_stat_activity`; wins over what the conninfo says.
    package var applicationName: String
    /// Seconds for each address; a time limit from the conninfo, a service file or the environment wins.
    package var connectTimeout: Int
    /// Server settings for the whole session, such as `statement_timeout`.
    package var options: [String: String]

    package init(
        conninfo: String? = nil,
        applicationName: String,
        connectTimeout: Int = 10,
        options: [String: String] = [:]
    ) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.options = options
    }
}
