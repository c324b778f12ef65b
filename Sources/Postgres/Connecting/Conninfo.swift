internal import CLibPQ

/// Connection settings as libpq's keywords and values, checked and complete.
struct Conninfo {
    private var values: [String: String]
    private(set) var target: ConnectionTarget

    init(_ settings: ConnectionSettings) throws(PostgresError) {
        let text = settings.conninfo ?? ""
        try PostgresError.refuseNUL(in: [text, settings.applicationName], "the connection's address", stage: .connect)
        if Self.hidesSecret(text) {
            throw Self.invalid("an @, / or ? in a user name or password must be written %40, %2F or %3F")
        }
        values = try Self.parse(text)
        values["application_name"] = settings.applicationName
        // The session turns to SQL_ASCII by itself where the database's encoding is that.
        values["client_encoding"] = "UTF8"
        let effective = Self.effective(values)
        target = effective.target
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

    /// Reads what the text itself says, without the environment's part.
    private static func parse(_ text: String) throws(PostgresError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            throw invalid(masked(message.map { String(cString: $0) } ?? "out of memory"))
        }
        defer { PQconninfoFree(options) }
        return read(options)
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

    private static func invalid(_ message: String) -> PostgresError {
        PostgresError(stage: .connect, kind: .settings, message: "the connection's address is not valid: \(message)")
    }

    /// libpq quotes what it did not understand, which may be a part of a password.
    private static func masked(_ message: String) -> String {
        PostgresError.masked(PostgresError.oneLine(message).replacing("\"=\"", with: "="))
    }

    /// Whether libpq would take a part of the URL's password for a host, port or database, and name it in its messages.
    private static func hidesSecret(_ text: String) -> Bool {
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://"), let scheme = text.firstRange(of: "://")
        else { return false }
        let rest = text[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        // One more behind the first slash ends a password that holds the slash.
        if authority.contains("@") { return rest.prefix { $0 != "?" }.count { $0 == "@" } > 1 }
        guard rest.contains("@"), let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else {
            return false
        }
        return !authority[authority.index(after: colon)...].allSatisfy { ("0"..."9").contains($0) || ",:".contains($0) }
    }
}
