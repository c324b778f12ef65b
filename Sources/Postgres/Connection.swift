internal import CLibPQ
internal import Logging

/// One connection to a server; its calls block the thread.
///
/// A statement that fails throws a `PostgresError`, and leaves the connection ready for the next one.
package struct Connection: ~Copyable {
    let handle: OpaquePointer
    let gate: StatementGate
    /// libpq holds an unretained pointer to it.
    private let notices: NoticeLog
    /// Who answers.
    package private(set) var server: ServerFacts
    /// The longest that a statement may take; nil when that is not known, or has no limit.
    private(set) var statementLimit: Duration?

    private init(adopting handle: OpaquePointer, gate: StatementGate, notices: NoticeLog) {
        self.handle = handle
        self.gate = gate
        self.notices = notices
        notices.attach(to: handle)
        server = ServerFacts(
            version: Int(PQserverVersion(handle)),
            versionText: Self.parameter("server_version", of: handle) ?? "",
            encoding: Self.parameter("server_encoding", of: handle) ?? "",
            host: String(cString: PQhost(handle)),
            port: String(cString: PQport(handle)),
            database: String(cString: PQdb(handle)),
            user: String(cString: PQuser(handle)),
            backend: Int(PQbackendPID(handle)),
            isStandby: Self.parameter("in_hot_standby", of: handle) == "on"
        )
    }

    deinit {
        PQfinish(handle)
    }

    /// Connects, and gives the session its settings.
    static func open(_ settings: ConnectionSettings, logger: Logger) throws(PostgresError) -> Connection {
        let conninfo = try Conninfo(settings)
        guard let handle = conninfo.connect() else {
            throw PostgresError(stage: .connect, message: "out of memory", target: conninfo.target)
        }
        if let failure = loginFailure(handle, target: conninfo.target) {
            PQfinish(handle)
            throw failure
        }
        guard let request = CancelRequest(connection: handle) else {
            PQfinish(handle)
            throw PostgresError(stage: .connect, message: "out of memory", target: conninfo.target)
        }
        var connection = Connection(
            adopting: handle,
            gate: StatementGate(request: request),
            notices: NoticeLog(logger: logger)
        )
        do {
            try connection.prepareSession(settings.options)
        } catch {
            var error = error
            error.stage = .connect
            error.target = conninfo.target
            if error.kind == .other { error.kind = .settings }
            throw error
        }
        return connection
    }

    private mutating func prepareSession(_ options: [String: String]) throws(PostgresError) {
        // With UTF8 here the server would refuse to send a text that is no UTF-8; so its bytes come as they are.
        if server.encoding == "SQL_ASCII", PQsetClientEncoding(handle, "SQL_ASCII") != 0 {
            throw lastFailure(.connect)
        }
        if server.version >= 140_000 {
            // Ends the statement of a client that was killed. Not every operating system lets the server do it.
            _ = try? query("SELECT set_config('client_connection_check_interval', '2s', false)")
        } else {
            server.isStandby = try query("SELECT pg_is_in_recovery()").firstValue == "t"
        }
        guard !options.isEmpty else { return }
        statementLimit = options["statement_timeout"].flatMap(TimeLimit.duration)
        let sorted = options.sorted { $0.key < $1.key }
        let calls = sorted.indices.map { "set_config($\($0 * 2 + 1), $\($0 * 2 + 2), false)" }
        _ = try query("SELECT " + calls.joined(separator: ", "), sorted.flatMap { [$0.key, $0.value] })
    }

    /// Why the handle is not connected; nil when it is.
    private static func loginFailure(_ handle: OpaquePointer, target: ConnectionTarget) -> PostgresError? {
        if PQstatus(handle) == CONNECTION_OK { return nil }
        let words = String(cString: PQerrorMessage(handle))
        let message = PostgresError.oneLine(words)
        var state: SQLState?
        if PostgresError.isFromServer(words) {
            // The server answered, but libpq tells a refusal's code only when it is asked to before: so ask again.
            PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE)
            PQreset(handle)
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            if PQstatus(handle) == CONNECTION_OK { return nil }
            let answer = String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isWhitespace)
            state = answer.last { $0.utf8.count == 5 }.map { SQLState(rawValue: String($0)) }
        }
        var kind = PostgresError.kind(state, isCancelled: false, isOverTime: false, connectionLost: true)
        // The server lets the user in, and then refuses a setting of the session, such as that of PGTZ.
        if let state, ["22", "42"].contains(state.errorClass), state != .insufficientPrivilege { kind = .settings }
        // What libpq itself says is English, since the program chooses no locale.
        if state == nil, PQconnectionNeedsPassword(handle) == 1 || message.contains("authentication") {
            kind = .authentication
        }
        return PostgresError(stage: .connect, kind: kind, sqlState: state, message: message, target: target)
    }

    private static func parameter(_ name: String, of handle: OpaquePointer) -> String? {
        PQparameterStatus(handle, name).map { String(cString: $0) }
    }
}
