package import Logging

/// A connection with a thread of its own, for asynchronous callers.
package actor Session {
    private let executor: ThreadExecutor
    private let logger: Logger
    private var connection: Connection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private init(executor: ThreadExecutor, logger: Logger) {
        self.executor = executor
        self.logger = logger
    }

    /// Starts the thread and connects.
    package static func open(_ settings: ConnectionSettings, logger: Logger) async throws(PostgresError) -> Session {
        guard let executor = ThreadExecutor() else {
            throw PostgresError(stage: .connect, message: "the system has no thread left")
        }
        let session = Session(executor: executor, logger: logger)
        try await session.connect(settings)
        return session
    }

    private func connect(_ settings: ConnectionSettings) throws(PostgresError) {
        if Task.isCancelled { throw PostgresError(stage: .connect, kind: .cancelled, message: "it was not started") }
        connection = try Connection.open(settings, logger: logger, while: { !Task.isCancelled })
    }

    /// Runs blocking code on the session's thread with its connection.
    ///
    /// When the task is cancelled, the server is asked to give up the running statement, and later statements of
    /// `body` fail; all of them with `PostgresError.Kind.cancelled`. Rolling back still works.
    package func withConnection<R: Sendable>(
        _ body: @Sendable (borrowing Connection) throws -> R
    ) async throws -> R {
        guard let gate = resetGate() else {
            throw PostgresError(stage: .query, kind: .other, message: "the session is closed")
        }
        return try await withTaskCancellationHandler {
            try run(body)
        } onCancel: {
            gate.cancel()
        }
    }

    /// Whether the server still answers.
    package func isAlive() async -> Bool {
        (try? await withConnection { try $0.query("SELECT 1").firstValue }) == "1"
    }

    /// Closes the connection; what the server did not commit is rolled back. The thread ends with the session.
    package func close() async {
        connection = nil
    }

    private func resetGate() -> StatementGate? {
        switch connection {
        case .some(let connection):
            connection.gate.reset()
            return connection.gate
        case .none:
            return nil
        }
    }

    private func run<R>(_ body: (borrowing Connection) throws -> R) throws -> R {
        switch connection {
        case .some(let connection): return try body(connection)
        case .none: throw PostgresError(stage: .query, kind: .other, message: "the session is closed")
        }
    }
}
