public import FoundationEssentials

/// Creates the broadcast entry of a channel pair at the moment it is registered.
///
/// What a new entry is, the shipped check `channel-without-broadcast` says: its fix is the statement that runs here, for
/// one pair instead of all that lack their entry.
public enum BroadcastService {
    /// Creates the entry of a channel pair within the caller's transaction.
    ///
    /// It runs behind a savepoint: when it throws, the caller's transaction goes on as if nothing had been tried. Only after
    /// `BroadcastError.Code.interference` must the caller roll back, as PostgreSQL demands of a transaction at
    /// `REPEATABLE READ` and above.
    ///
    /// A second caller with the same pair waits for the first one's transaction, and then either gets the entry or learns
    /// that there is one.
    ///
    /// - Parameters:
    ///   - connection: the caller's, with an open transaction.
    ///   - clientID: the `user_id` of the channels' owner.
    ///   - openChannelID: the id of the open channel, such as `-1001234567890`.
    /// - Returns: the id of the new entry.
    public static func createEntry(
        on connection: some SQLConnection,
        clientID: UUID,
        openChannelID: String,
        closedChannelID: String
    ) async throws(BroadcastError) -> UUID {
        for (name, value) in [("open", openChannelID), ("closed", closedChannelID)] {
            // As the check sees it: a channel without an id has no entry.
            guard value.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else {
                throw BroadcastError(.wrongValue, "The id of the \(name) channel is empty.")
            }
            guard !value.utf8.contains(0) else {
                throw BroadcastError(.wrongValue, "The id of the \(name) channel holds a NUL character.")
            }
        }
        let statement = try NewEntryStatement.shipped.get()
        let parameters = statement.parameters(
            clientID: clientID.uuidString.lowercased(),
            openChannelID: openChannelID,
            closedChannelID: closedChannelID
        )
        let rows = try await behindSavepoint(on: connection) { () async throws(SQLFailure) in
            try await connection.query(statement.text, parameters)
        }
        guard let id = rows.first?.first.flatMap({ $0 }) else {
            throw BroadcastError(.duplicatePair, "The channel pair has a broadcast entry already.")
        }
        guard let id = UUID(uuidString: id) else {
            throw BroadcastError(.failure, "The entry was created, but its id is not a UUID.")
        }
        return id
    }

    private static func behindSavepoint(
        on connection: some SQLConnection,
        _ body: () async throws(SQLFailure) -> [[String?]]
    ) async throws(BroadcastError) -> [[String?]] {
        do throws(SQLFailure) {
            _ = try await connection.query("SAVEPOINT assay_broadcast", [])
        } catch {
            throw BroadcastError(error)
        }
        do throws(SQLFailure) {
            let rows = try await body()
            _ = try await connection.query("RELEASE SAVEPOINT assay_broadcast", [])
            return rows
        } catch {
            // Should this fail too, say for a lost connection, the first error is the one that explains it.
            _ = try? await connection.query("ROLLBACK TO SAVEPOINT assay_broadcast", [])
            _ = try? await connection.query("RELEASE SAVEPOINT assay_broadcast", [])
            throw BroadcastError(error)
        }
    }
}
