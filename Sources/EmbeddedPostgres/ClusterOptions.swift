/// What a caller may want different about a cluster.
package struct ClusterOptions: Sendable {
    /// Server settings, over the ones for a fast start and no safety.
    package var settings: [String: String]
    /// Lines of `pg_hba.conf` that come before the one which trusts everybody on the socket.
    package var accessRules: [String]
    /// The language of the server's messages, such as `ru`, with `lc_messages` another than `C`.
    package var language: String?
    /// Makes the cluster a streaming standby of another one, whose `wal_level` and `max_wal_senders` must allow it.
    package var primary: EmbeddedCluster?

    package init(
        settings: [String: String] = [:],
        accessRules: [String] = [],
        language: String? = nil,
        primary: EmbeddedCluster? = nil
    ) {
        self.settings = settings
        self.accessRules = accessRules
        self.language = language
        self.primary = primary
    }

    /// Nothing in a throw-away cluster has to outlive a crash.
    private static let defaults = [
        "listen_addresses": "", "port": "5432", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
        "shared_buffers": "32MB", "max_connections": "20", "autovacuum": "off", "jit": "off", "wal_level": "minimal",
        "max_wal_senders": "0", "hot_standby": "on", "lc_messages": "C",
    ]

    /// The server's arguments.
    var arguments: [String] {
        Self.defaults.merging(settings) { $1 }.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    }
}
