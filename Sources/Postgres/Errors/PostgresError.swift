/// What went wrong between this program and a PostgreSQL server.
package struct PostgresError: Error, Hashable, Sendable {
    /// What was being done.
    package enum Stage: Hashable, Sendable {
        /// Reading the conninfo, connecting, logging in, setting the session up.
        case connect
        case query
        case copy
    }

    /// What the failure means for the one who started the program.
    package enum Kind: Hashable, Sendable {
        /// No conversation with a database: wrong address, server down, no such database, connection lost.
        case unreachable
        /// The server refused the login.
        case authentication
        /// The role may not do this.
        case privilege
        /// The statement or a lock took longer than its limit.
        case timeout
        /// The statement, or one before it, was cancelled on this program's own request.
        case cancelled
        /// The conninfo, or a server setting that was asked for, is wrong.
        case settings
        /// A transaction is not what it was begun as: a pooler or proxy between does not keep to it.
        case unkept
        case other
    }

    package var stage: Stage
    package var kind: Kind
    /// The server's code; nil when the client side failed.
    package var sqlState: SQLState?
    /// The main message, without severity and code, and without the values that a server quotes (`ServerWords`).
    package var message: String
    /// The server's detail, when it speaks of a statement; one that speaks of a row is dropped.
    package var detail: String?
    package var hint: String?
    /// Where in the statement's text, in characters from 1.
    package var position: Int?
    package var schema: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    /// The function of the server that found the error, which no translation changes.
    package var sourceFunction: String?
    /// The connection is gone; the session can only be closed.
    package var connectionLost = false
    /// The database that was to be reached; set for `Stage.connect`.
    package var target: ConnectionTarget?

    package init(
        stage: Stage,
        kind: Kind = .other,
        sqlState: SQLState? = nil,
        message: String,
        target: ConnectionTarget? = nil
    ) {
        self.stage = stage
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
        self.target = target
    }
}

extension PostgresError: CustomStringConvertible {
    /// One sentence, and the server's hint. Holds no value of a row, and no secret.
    package var description: String {
        let code = sqlState.map { " (SQLSTATE \($0))" } ?? ""
        let place = position.map { " at character \($0)" } ?? ""
        let sentence = "\(opening): \(Self.oneLine(message))\(place)\(code)"
        let end = sentence.hasSuffix("?") ? "" : "."
        return "\(sentence)\(end)\(hint.map { " Hint: \(Self.oneLine($0))" } ?? "")"
    }

    /// The server's words in one line, for a sentence that says already what was being done.
    package var explanation: String {
        ([message] + [detail, hint].compactMap { $0 }).map(Self.oneLine).joined(separator: ". ")
            + (sqlState.map { " (SQLSTATE \($0))" } ?? "")
    }

    /// The server broke the statement off from outside, for a limit or on request: no code that a function raised.
    package var isInterruption: Bool { sourceFunction == "ProcessInterrupts" }

    /// Row-level security would hide rows from the role; the server says so in its own language.
    package var isRowSecurity: Bool { sqlState == .insufficientPrivilege && sourceFunction == "check_enable_rls" }

    private var opening: String {
        // A service that is not defined names no database.
        let target = target.flatMap { $0.database.isEmpty ? nil : $0.description } ?? "the database"
        let isChosen = self.target?.isDatabaseNamed ?? true
        let choice = isChosen ? "" : " (no database is named, so that it is the one of the user's name)"
        return switch (stage, kind) {
        case (_, .unkept): "The server, or a proxy before it, does not keep to what a transaction is begun with"
        case (.connect, .unreachable): "Cannot reach \(target)\(choice)"
        case (.connect, .authentication): "The login to \(target)\(choice) was refused"
        case (.connect, .privilege): "The use of \(target)\(choice) was refused"
        case (.connect, _): "Cannot connect to \(target)\(choice)"
        case _ where connectionLost: "The connection to the database was lost"
        case (_, .timeout): "The statement was given up after its time limit"
        case (_, .cancelled): "The statement was cancelled"
        case (_, .privilege): "A privilege is missing"
        case (.query, _), (.copy, _): "The statement failed"
        }
    }
}
