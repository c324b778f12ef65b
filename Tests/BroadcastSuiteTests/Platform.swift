/// SQL that puts rows into the platform's tables: users by name, channel pairs by number.
enum Platform {
    /// Without what keeps wrong rows out, so that they can be put in.
    static let unguarded = """
        ALTER TABLE main_clients_database DROP CONSTRAINT main_clients_database_client_id_fkey;
        ALTER TABLE broadcast_manager
            DROP CONSTRAINT unique_channel_pair, DROP CONSTRAINT fk_broadcast_client, DROP CONSTRAINT valid_status,
            ALTER client_id DROP NOT NULL, ALTER open_channel_id DROP NOT NULL, ALTER closed_channel_id DROP NOT NULL;
        """

    /// `a` has the lowest id.
    static func id(_ user: String) -> String {
        "\(String(repeating: user, count: 8))-0000-4000-8000-000000000000"
    }

    static func users(_ names: String...) -> String {
        names.map { "INSERT INTO registered_users VALUES ('\(id($0))', '\($0)', '\($0)@example.com');" }.joined()
    }

    static func channel(_ pair: Int, of user: String?) -> String {
        channel(open: "'open \(pair)'", closed: "'closed \(pair)'", of: user)
    }

    /// - Parameters:
    ///   - open: SQL expression.
    ///   - closed: SQL expression.
    static func channel(open: String, closed: String, of user: String?) -> String {
        """
        INSERT INTO main_clients_database (client_id, open_channel_id, closed_channel_id, open_channel_title)
        VALUES (\(user.map { "'\(id($0))'" } ?? "NULL"), \(open), \(closed), 'Title');
        """
    }

    /// - Parameter columns: SQL expressions by column, instead of what a new entry has.
    static func entry(_ pair: Int, of user: String?, _ columns: KeyValuePairs<String, String> = [:]) -> String {
        var values = [
            "client_id": user.map { "'\(id($0))'" } ?? "NULL", "open_channel_id": "'open \(pair)'",
            "closed_channel_id": "'closed \(pair)'",
        ]
        for (column, value) in columns { values[column] = value }
        let names = values.keys.sorted()
        return """
            INSERT INTO broadcast_manager (\(names.joined(separator: ", ")))
            VALUES (\(names.map { values[$0] ?? "NULL" }.joined(separator: ", ")));
            """
    }
}
