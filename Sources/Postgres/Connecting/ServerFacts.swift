/// Who answers at the other end of a connection.
package struct ServerFacts: Sendable, Hashable {
    /// `server_version_num`, such as 150018.
    package var version: Int
    /// `server_version`, such as `15.18 (Debian 15.18-0+deb12u1)`.
    package var versionText: String
    /// The database's encoding. `SQL_ASCII` promises nothing about the bytes of a text.
    package var encoding: String
    /// The host, or socket folder, that was chosen.
    package var host: String
    package var port: String
    package var database: String
    package var user: String
    /// The process id of the session's backend on the server, or what a pooler calls so.
    package var backend: Int
    /// The server is a standby, which never accepts a write.
    package var isStandby: Bool
    /// A pooler stands before the server: two transactions may meet two backends.
    package var isPooled: Bool
}
