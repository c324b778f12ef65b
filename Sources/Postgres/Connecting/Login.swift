internal import CLibPQ

/// Connects on a thread of its own, so that nobody has to wait for a server that does not answer.
enum Login {
    private enum State {
        case connecting
        case done(Result<OpaquePointer, PostgresError>)
        /// Nobody waits any more.
        case abandoned
    }

    /// The milliseconds between two looks at whether the connection is still wanted.
    private static let interval = 100

    /// Connects. The caller owns the handle.
    ///
    /// - Parameter isWanted: is asked now and then; once it says no, the connection is given up.
    static func connect(_ conninfo: Conninfo, while isWanted: () -> Bool) throws(PostgresError) -> OpaquePointer {
        let monitor = Monitor(State.connecting)
        let isStarted = DetachedThread.start {
            let result = attempt(conninfo)
            monitor.update { state in
                if case .abandoned = state, case .success(let handle) = result { PQfinish(handle) }
                state = .done(result)
            }
        }
        guard isStarted else { throw PostgresError(stage: .connect, message: "the system has no thread left") }
        while true {
            monitor.wait(milliseconds: interval) { if case .connecting = $0 { false } else { true } }
            let isWanted = isWanted()
            let result = monitor.update { state -> Result<OpaquePointer, PostgresError>? in
                if case .done(let result) = state { return result }
                if !isWanted { state = .abandoned }
                return nil
            }
            if let result { return try result.get() }
            guard isWanted else {
                throw PostgresError(stage: .connect, kind: .cancelled, message: "it was not finished")
            }
        }
    }

    private static func attempt(_ conninfo: Conninfo) -> Result<OpaquePointer, PostgresError> {
        guard let handle = conninfo.connect() else {
            return .failure(PostgresError(stage: .connect, message: "out of memory", target: conninfo.target))
        }
        guard let failure = failure(of: handle, target: conninfo.target) else { return .success(handle) }
        PQfinish(handle)
        return .failure(failure)
    }

    /// Why the handle is not connected; nil when it is.
    private static func failure(of handle: OpaquePointer, target: ConnectionTarget) -> PostgresError? {
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
}
