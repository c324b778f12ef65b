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
    /// What must be so whenever a transaction that writes begins.
    let writeCondition: ConnectionSettings.WriteCondition?
    private(set) var transactionSettings: TransactionSettings
    /// The milliseconds that the server gives a statement; nil for no limit.
    let timeLimit: Int?
    /// The server ends sessions that are idle outside of a transaction.
    private(set) var losesIdleSessions = false
    /// The settings as the open transaction was begun with them.
    let begun = BegunTransaction()

    private init(
        adopting handle: OpaquePointer,
        gate: StatementGate,
        notices: NoticeLog,
        settings: ConnectionSettings
    ) {
        self.handle = handle
        writeCondition = settings.writeCondition
        transactionSettings = TransactionSettings(values: settings.transactionSettings)
        timeLimit = ServerTime.milliseconds(settings.transactionSettings["statement_timeout"])
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
            isStandby: false,
            isPooled: false
        )
    }

    deinit {
        PQfinish(handle)
    }

    /// Connects, and tries whether a transaction begins as the settings want it.
    ///
    /// - Parameter isWanted: is asked while the server does not answer; once it says no, the connection is given up.
    static func open(
        _ settings: ConnectionSettings,
        logger: Logger,
        while isWanted: () -> Bool
    ) throws(PostgresError) -> Connection {
        let conninfo = try Conninfo(settings)
        let handle = try Login.connect(conninfo, while: isWanted)
        guard PQsetnonblocking(handle, 1) == 0, let request = CancelRequest(connection: handle) else {
            PQfinish(handle)
            throw PostgresError(stage: .connect, message: "out of memory", target: conninfo.target)
        }
        var connection = Connection(
            adopting: handle,
            gate: StatementGate(request: request),
            notices: NoticeLog(logger: logger),
            settings: settings
        )
        do {
            try connection.prepare(settings)
        } catch {
            var error = error
            error.stage = .connect
            error.target = conninfo.target
            if error.kind == .other { error.kind = .settings }
            throw error
        }
        return connection
    }

    /// Learns what stands at the other end, and tries a transaction.
    private mutating func prepare(_ settings: ConnectionSettings) throws(PostgresError) {
        // With UTF8 here the server would refuse to send a text that is no UTF-8; so its bytes come as they are.
        if server.encoding == "SQL_ASCII", PQsetClientEncoding(handle, "SQL_ASCII") != 0 {
            throw lastFailure(.connect)
        }
        let facts = try query(
            """
            SELECT pg_backend_pid(), pg_is_in_recovery(), current_setting('idle_session_timeout', true),
                current_database()
            """
        ).rows.first
        server.isPooled = facts?[0] != String(server.backend)
        server.isStandby = facts?[1] == "t"
        // A pooler may know the database by another name.
        server.database = facts?[3] ?? server.database
        // Behind a pooler the setting would be another client's, and the connection that is idle is the pooler's.
        losesIdleSessions = !server.isPooled && !["0", nil].contains(facts?[2])
        if losesIdleSessions { try execute(Self.staysIdle) }
        // Ends the statement of a client that was killed. Not every operating system lets the server do it.
        let checksClients = try? query("SELECT set_config('\(TransactionSettings.clientCheck)', '2s', true)")
        transactionSettings = TransactionSettings(settings, at: server, checksClients: checksClients != nil)
        try begin(.repeatableRead(readOnly: true))
        try rollback()
    }

    /// Keeps a session that is idle outside of a transaction; a commit after `RESET ALL` takes it back.
    static let staysIdle = "SET idle_session_timeout = 0"

    private static func parameter(_ name: String, of handle: OpaquePointer) -> String? {
        PQparameterStatus(handle, name).map { String(cString: $0) }
    }
}
