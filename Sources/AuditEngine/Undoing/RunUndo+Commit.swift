import AuditModel
import Logging
import Postgres

/// A commit whose answer did not come.
extension RunUndo {
    /// The connection went while the transaction was being committed: only the journal knows whether it was.
    struct LostCommit: Error {
        let checks: [UndoneCheck]
        /// The server's process for the connection.
        let backend: Int
        let error: PostgresError
    }

    /// Asks the journal, on a connection of its own, what became of the commit.
    func lookUp(_ lost: LostCommit) async throws -> [UndoneCheck] {
        let marked: Int?
        do {
            let session = try await reconnect()
            marked = try await session.withConnection { connection in
                try Self.waitForEnd(of: lost.backend, on: connection)
                return try connection.query(
                    "/* assay: undo */ SELECT count(*) FROM assay.repairs WHERE run = $1 AND undone_by = $2",
                    [settings.run, run.description]
                ).firstValue.flatMap { Int($0) }
            }
            await session.close()
        } catch let error as PostgresError where error.kind != .cancelled {
            throw AuditError.undoFailed(
                "the connection was lost while the undo of the run \(target.run) was being committed, and there is no other "
                    + "(\(error)). Whether its rows were taken back, `assay history` tells: an undo \(run) is in it, or is not"
            )
        }
        guard let marked, marked > 0 else {
            throw AuditError.undoFailed(
                "the connection was lost before the undo of the run \(target.run) was committed (\(lost.error)). Nothing was "
                    + "changed; undo again"
            )
        }
        logger.notice("the connection was lost at the commit of the undo; the journal says that it was committed")
        return lost.checks
    }

    /// A commit may still be going on when its connection is gone. The wait has an end: a server that lost its network may
    /// not notice.
    private static func waitForEnd(of backend: Int, on connection: borrowing Connection) throws {
        for _ in 0..<100 {
            let count = try connection.query(
                "/* assay: undo */ SELECT count(*) FROM pg_stat_activity WHERE pid = $1",
                [String(backend)]
            ).firstValue
            guard count != "0" else { return }
            try connection.pause(.milliseconds(100))
        }
    }
}
