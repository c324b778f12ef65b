extension Connection {
    /// Begins a transaction with the settings of the connection, whatever others left on the backend; when they do not
    /// hold, or the snapshot cannot be taken over, there is none.
    package borrowing func begin(_ mode: TransactionMode) throws(PostgresError) {
        let snapshot = mode.snapshot ?? "0"
        guard !snapshot.isEmpty, snapshot.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
            throw PostgresError(stage: .query, message: "the name of the snapshot is not one that the server gave")
        }
        do throws(PostgresError) {
            try execute(opening(mode))
            begun.settings = try applied(mode)
            if mode.isReadOnly { try tryWriting() } else { try checkWriting() }
        } catch {
            try? rollback()
            throw error
        }
    }

    /// A setting that is not what the open transaction was begun with.
    package struct ChangedSetting: Sendable, Equatable {
        package var name: String
        package var before: String
        package var after: String
    }

    /// The first setting, but for some, that a statement of the open transaction has changed.
    package borrowing func changedSetting(but harmless: Set<String> = []) throws(PostgresError) -> ChangedSetting? {
        let values = zip(begun.settings, try readSettings())
        for (name, (before, after)) in zip(transactionSettings.names, values)
        where before != after && !harmless.contains(name) {
            return ChangedSetting(name: name, before: before ?? "", after: after ?? "")
        }
        return nil
    }

    /// `BEGIN`, and what makes the backend one that nobody has used before.
    private borrowing func opening(_ mode: TransactionMode) -> String {
        var statements = ["BEGIN ISOLATION LEVEL \(mode.isolation) READ \(mode.isReadOnly ? "ONLY" : "WRITE")"]
        // The server takes it before the first query only.
        if let snapshot = mode.snapshot { statements.append("SET TRANSACTION SNAPSHOT '\(snapshot)'") }
        // Committed settings of an earlier transaction go, and behind a pooler those of other clients.
        statements += ["SET SESSION AUTHORIZATION DEFAULT", "RESET ROLE", "RESET ALL"]
        // A temporary table hides another one of its name.
        if !mode.isReadOnly, !server.isPooled { statements.append("DISCARD TEMP") }
        return statements.joined(separator: "; ")
    }

    /// Sets the settings, and reads them back in another statement, which a pooler might send elsewhere.
    private borrowing func applied(_ mode: TransactionMode) throws(PostgresError) -> [String?] {
        let setting = transactionSettings.setting
        let names = transactionSettings.names
        let set = try query(setting.sql, setting.parameters).rows.first ?? []
        let found = try readSettings()
        var wanted = Dictionary(uniqueKeysWithValues: zip(names, set))
        wanted["transaction_read_only"] = mode.isReadOnly ? "on" : "off"
        wanted["transaction_isolation"] = mode.isolation
        for (name, value) in zip(names, found) {
            guard let wanted = wanted[name], wanted != value else { continue }
            throw unkept("the setting \(name) is '\(value ?? "")' after it was set to '\(wanted ?? "")'")
        }
        if server.isPooled { try refuseTemporaryTables() }
        return found
    }

    /// Behind a pooler another client may have left tables that hide those of the database.
    private borrowing func refuseTemporaryTables() throws(PostgresError) {
        let found = try query(
            """
            SELECT CASE WHEN pg_my_temp_schema() = 0 THEN false
                ELSE EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind <> 'i') END
            """
        )
        if found.firstValue == "t" {
            throw unkept("there are temporary tables of another client, which can hide tables of the database")
        }
    }

    private borrowing func readSettings() throws(PostgresError) -> [String?] {
        let reading = transactionSettings.reading
        return try query(reading.sql, reading.parameters).rows.first ?? []
    }

    /// Tries to write, which the server must refuse.
    private borrowing func tryWriting() throws(PostgresError) {
        var answer = "it was done"
        do throws(PostgresError) {
            try execute("SAVEPOINT assay; /* assay: a trial, to be refused */ CREATE TEMPORARY TABLE assay_trial ()")
        } catch {
            if error.connectionLost || error.kind == .cancelled { throw error }
            answer = error.sqlState == .readOnlyTransaction ? "" : "the answer was: \(error.message)"
        }
        guard answer.isEmpty else {
            throw unkept("a trial write in a read-only transaction was not refused for that; \(answer)")
        }
        try execute("ROLLBACK TO SAVEPOINT assay; RELEASE SAVEPOINT assay")
    }

    /// Looks whether a write would be done as everybody else's, and whether the caller's condition holds.
    private borrowing func checkWriting() throws(PostgresError) {
        let place = transactionSettings.names.firstIndex(of: "session_replication_role")
        if let place, begun.settings[place] == "replica" {
            throw unkept("session_replication_role is 'replica', so that neither triggers nor foreign keys would hold")
        }
        guard let condition = writeCondition else { return }
        guard try query(condition.sql, condition.parameters).firstValue == "t" else {
            throw PostgresError(stage: .query, kind: .unkept, message: condition.reason)
        }
    }

    private borrowing func unkept(_ what: String) -> PostgresError {
        let between = server.isPooled ? "a pooler stands before the server; " : ""
        return PostgresError(
            stage: .query,
            kind: .unkept,
            message: "the transaction is not as it was begun (\(between)\(what))"
        )
    }
}
