internal import CLibPQ

extension Connection {
    /// Begins a transaction; when its snapshot cannot be taken over, there is none.
    package borrowing func begin(_ mode: TransactionMode) throws(PostgresError) {
        switch mode {
        case .repeatableRead(let readOnly, let snapshot):
            if let snapshot, snapshot.isEmpty || !snapshot.allSatisfy({ $0.isHexDigit || $0 == "-" }) {
                throw PostgresError(stage: .query, message: "the name of the snapshot is not one that the server gave")
            }
            try execute("BEGIN ISOLATION LEVEL REPEATABLE READ \(readOnly ? "READ ONLY" : "READ WRITE")")
            guard let snapshot else { return }
            do throws(PostgresError) {
                try execute("SET TRANSACTION SNAPSHOT '\(snapshot)'")
            } catch {
                try? rollback()
                throw error
            }
        }
    }

    /// Commits; throws when the transaction had failed, and the server has rolled it back.
    package borrowing func commit() throws(PostgresError) {
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
            try? execute("ROLLBACK TO SAVEPOINT assay; RELEASE SAVEPOINT assay", endsWork: true)
            throw error
        }
    }
}
