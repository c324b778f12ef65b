internal import CLibPQ

/// Connection settings as libpq's keywords and values, checked and complete.
struct Conninfo {
    private(set) var values: [String: String]
    private(set) var target: ConnectionTarget

    init(_ settings: ConnectionSettings) throws(PostgresError) {
        let text = settings.conninfo ?? ""
        try PostgresError.refuseNUL(in: [text, settings.applicationName], "the connection's address", stage: .connect)
        values = try ConnectionAddress.values(of: text)
        let isNamed = Self.namesDatabase(values)
        values["application_name"] = settings.applicationName
        // The session turns to SQL_ASCII by itself where the database's encoding is that.
        values["client_encoding"] = "UTF8"
        let effective = Self.effective(values)
        target = effective.target
        target.isDatabaseNamed = isNamed
        let defaults = Self.liveness.merging(["connect_timeout": String(settings.connectTimeout)]) { $1 }
        values.merge(defaults.filter { effective.values[$0.key] == nil }) { own, _ in own }
    }

    /// Finds out within a minute or two that the network forwards nothing any more; the system's own way takes hours.
    private static let liveness = [
        "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "60000",
    ]

    /// Connects, and blocks until that has gone well or badly; nil when out of memory. The caller owns the handle.
    func connect() -> OpaquePointer? {
        Self.withParameters(values) { PQconnectdbParams($0, $1, 0) }
    }

    /// Somebody chose the database; otherwise libpq takes the one of the user's name.
    private static func namesDatabase(_ values: [String: String]) -> Bool {
        if !(values["dbname"] ?? "").isEmpty || values["service"] != nil { return true }
        guard let options = PQconndefaults() else { return false }
        defer { PQconninfoFree(options) }
        return !(read(options)["dbname"] ?? "").isEmpty
    }

    private static func read(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// Lets libpq add service file, environment and defaults, and stop there: the value for `channel_binding` is one
    /// that libpq refuses after it has read all of them and before it looks up a name.
    private static func effective(_ values: [String: String]) -> (target: ConnectionTarget, values: [String: String]) {
        var values = values
        values["channel_binding"] = "nowhere"
        let handle = withParameters(values) { PQconnectStartParams($0, $1, 0) }
        defer { PQfinish(handle) }
        if let options = PQconninfo(handle) {
            values = read(options)
            PQconninfoFree(options)
        }
        func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
            pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let user = text(PQuser(handle)) ?? values["user"] ?? ""
        let target = ConnectionTarget(
            host: values["host"] ?? values["hostaddr"] ?? text(PQhost(handle)) ?? "localhost",
            port: values["port"] ?? "5432",
            database: text(PQdb(handle)) ?? values["dbname"] ?? user,
            user: user
        )
        return (target, values)
    }

    private static func withParameters<R>(
        _ values: [String: String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> R
    ) -> R {
        let sorted = values.sorted { $0.key < $1.key }
        return withCStrings(sorted.map(\.key) + [nil]) { keywords in
            withCStrings(sorted.map(\.value) + [nil]) { values in body(keywords, values) }
        }
    }
}
