internal import CLibPQ

/// The database that a conninfo leads to, with what service file, environment and defaults add; holds no secret.
package struct ConnectionTarget: Hashable, Sendable {
    /// A host name, an address or a socket folder; several, with commas, when they are to be tried in turn.
    package var host: String
    package var port: String
    package var database: String
    package var user: String
    /// False when nobody named a database, and libpq takes the one of the user's name.
    package var isDatabaseNamed = true

    /// Works out where the settings lead, without a word on the network.
    package init(_ settings: ConnectionSettings) throws(PostgresError) {
        self = try Conninfo(settings).target
    }

    init(host: String, port: String, database: String, user: String) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
    }
}

extension ConnectionTarget: CustomStringConvertible {
    /// Such as `database "shop" at db.example.org:5432`.
    package var description: String {
        "database \"\(database)\" at \(host):\(port)"
    }
}
