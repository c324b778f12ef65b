import Postgres

/// Taking rows back would do more than that, or could not be watched.
struct UndoRefusal: Error {
    let reason: String
}

extension PostgresError {
    /// Not the rows are at fault: there is nobody to talk to, or the whole run is being ended.
    ///
    /// A trigger can raise any code. A statement that was broken off from outside is told by the routine of the server.
    var endsUndo: Bool {
        endsRun || isInterruption || sqlState.map { ["53", "58"].contains($0.errorClass) } ?? true
    }

    /// Another transaction was in the way, and the next attempt sees what it did.
    var isCollision: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }

    /// Why the database refused rows of a table, in words for a list.
    func refusal(of table: String) -> String {
        let isOfTable = self.table.map { table.hasSuffix(".\($0)") || table.hasSuffix(".\"\($0)\"") } ?? false
        let isOccupied = ["23505", "23P01"].contains(sqlState?.rawValue) && constraint != nil && isOfTable
        return isOccupied ? "another row has its unique values" : "refused by the database: \(message)"
    }
}
