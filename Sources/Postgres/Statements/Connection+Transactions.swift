internal import CLibPQ

extension Connection {
    /// Commits; throws when the transaction had failed, and the server has rolled it back.
    package borrowing func commit() throws(PostgresError) {
        try checkSettings()
        var tag = ""
        try run(
            .query,
            send: { PQsendQuery(handle, "COMMIT") },
            onResult: { result in
                tag = String(cString: PQcmdStatus(result.handle))
                return .next
            }
        )
        // The server answers so, and without an error, when a statement of the transaction had failed.
        guard tag != "ROLLBACK" else {
            throw PostgresError(
                stage: .query,
                sqlState: .inFailedTransaction,
                message: "the transaction was rolled back, because a statement in it had failed"
            )
        }
        // `RESET ALL` at the beginning is committed, too.
        if losesIdleSessions { try? execute(Self.staysIdle) }
    }

    /// Refuses to commit what was counted under other settings than the transaction was begun with.
    private borrowing func checkSettings() throws(PostgresError) {
        guard PQtransactionStatus(handle) == PQTRANS_INTRANS,
            let changed = try changedSetting(but: TransactionSettings.harmless)
        else { return }
        try rollback()
        throw PostgresError(
            stage: .query,
            kind: .unkept,
            message:
                "the setting \(changed.name) was changed from '\(changed.before)' to '\(changed.after)' by a function "
                + "or trigger, so that what came after it cannot be trusted"
        )
    }

    /// Rolls back, in a cancelled session too.
    package borrowing func rollback() throws(PostgresError) {
        try execute("ROLLBACK", endsWork: true)
    }

    /// Makes the transaction's snapshot known to other sessions, as long as the transaction is open.
    package borrowing func exportSnapshot() throws(PostgresError) -> String {
        guard let snapshot = try query("SELECT pg_export_snapshot()").firstValue else {
            throw PostgresError(stage: .query, message: "the server did not name the snapshot")
        }
        return snapshot
    }

    /// Runs `body` behind a savepoint: what it did is taken back when it throws, and the transaction goes on.
    package borrowing func withSavepoint<R>(_ body: () throws -> R) throws -> R {
        // Names may repeat: each statement means the innermost.
        try execute("SAVEPOINT assay")
        do {
            let result = try body()
            try execute("RELEASE SAVEPOINT assay")
            return result
        } catch {
            // Should this fail too, say for a lost connection, the first error is the one that explains it.
            try? execute(Self.takingBack, endsWork: true)
            throw error
        }
    }

    /// Runs `body` behind a savepoint, and takes back in any case what it did to rows, settings, role and locks.
    ///
    /// - Parameter finally: looks at what `body` has changed before that is taken back; runs only when it did not throw.
    package borrowing func isolated<R>(_ body: () throws -> R, finally: () throws -> Void = {}) throws -> R {
        try execute("SAVEPOINT assay")
        let result: R
        do {
            result = try body()
            try finally()
        } catch {
            try? execute(takingAllBack, endsWork: true)
            throw error
        }
        try execute(takingAllBack, endsWork: true)
        return result
    }

    private static let takingBack = "ROLLBACK TO SAVEPOINT assay; RELEASE SAVEPOINT assay"

    /// Locks of the session outlive a rollback; behind a pooler they may be another client's.
    private var takingAllBack: String {
        server.isPooled ? Self.takingBack : "\(Self.takingBack); SELECT pg_advisory_unlock_all()"
    }

    /// Waits; ends at once, with an error, when the run is being ended.
    package borrowing func pause(_ duration: Duration) throws(PostgresError) {
        guard gate.pause(for: duration) else {
            throw PostgresError(stage: .query, kind: .cancelled, message: "a pause was cut short")
        }
    }
}
