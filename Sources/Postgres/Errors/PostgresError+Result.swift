internal import CLibPQ

extension PostgresError {
    /// Reads the error that a failed result carries.
    ///
    /// - Parameters:
    ///   - isCancelled: whether this program asked for the statement's cancellation.
    ///   - isOverTime: whether the statement had run for as long as its time limit allows.
    ///   - connectionLost: whether libpq knows by now that the connection is gone.
    init(
        _ result: borrowing QueryResult,
        stage: Stage,
        isCancelled: Bool,
        isOverTime: Bool,
        connectionLost: Bool
    ) {
        let state = result.field(.sqlState).map(SQLState.init(rawValue:))
        let words = ServerWords(
            state,
            message: result.field(.message) ?? Self.oneLine(result.errorMessage),
            detail: result.field(.detail),
            hint: result.field(.hint)
        )
        self.init(stage: stage, sqlState: state, message: words.message)
        detail = words.detail
        hint = words.hint
        position = result.field(.position).flatMap { Int($0) }
        schema = result.field(.schema)
        table = result.field(.table)
        column = result.field(.column)
        constraint = result.field(.constraint)
        sourceFunction = result.field(.sourceFunction)
        // A function can raise any code; only the severity says that the session has ended. Servers before 9.6 do not
        // tell it in English.
        let endsSession = result.field(.severity).map { ["FATAL", "PANIC"].contains($0) }
        self.connectionLost = connectionLost || endsSession ?? state.map(Self.endsConnection) ?? false
        kind = Self.kind(
            state,
            isCancelled: isCancelled,
            isOverTime: isOverTime,
            connectionLost: self.connectionLost
        )
    }

    static func kind(_ state: SQLState?, isCancelled: Bool, isOverTime: Bool, connectionLost: Bool) -> Kind {
        switch state {
        case .queryCanceled?:
            // One code for a cancellation and a time limit, told apart by the text, which may be in any language, and
            // by the time that passed.
            return isCancelled ? .cancelled : isOverTime ? .timeout : .other
        case .lockNotAvailable?, .idleInTransactionTimeout?, .idleSessionTimeout?: return .timeout
        case .insufficientPrivilege?: return .privilege
        case .undefinedDatabase?, .tooManyConnections?, .cannotConnectNow?: return .unreachable
        case let state? where state.errorClass == "28": return .authentication
        default: return connectionLost ? .unreachable : .other
        }
    }

    /// Whether the server ends the session with this error: administrator's shutdown, crash, the protocol's class 08.
    private static func endsConnection(_ state: SQLState) -> Bool {
        [.adminShutdown, .crashShutdown, .idleInTransactionTimeout, .idleSessionTimeout].contains(state)
            || state.errorClass == "08"
    }

    /// libpq's own messages come with line ends and tabs; each line that does not end a sentence gets its full stop.
    static func oneLine(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return lines.filter { !$0.isEmpty }.reduce("") { whole, line in
            guard let end = whole.last else { return line }
            return whole + (".?!:;,".contains(end) ? " " : ". ") + line
        }
    }
}
