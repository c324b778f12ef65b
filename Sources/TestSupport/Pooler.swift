import FoundationEssentials
import Glibc

/// PgBouncer before the shared test cluster, configured as Debian has it but for the mode.
package enum Pooler {
    /// Runs `body` with the socket's folder and port of a pooler that gives each transaction any session.
    ///
    /// - Parameter settings: more lines of the section `[pgbouncer]`.
    package static func with(_ settings: [String] = [], _ body: (_ address: String) async throws -> Void) async throws {
        let server = try await TestCluster.socketDirectory
        try await TemporaryFolder.with { folder in
            // PgBouncer refuses root, as the server does.
            let isRoot = geteuid() == 0
            if isRoot, let user = getpwnam("postgres") { chown(folder.path, user.pointee.pw_uid, user.pointee.pw_gid) }
            let users = try folder.write("\"audit\" \"\"\n\"auditor\" \"\"\n", to: "users.txt")
            let lines = [
                "[databases]", "* = host=\(server) port=5432", "[pgbouncer]", "listen_addr =", "listen_port = 6432",
                "unix_socket_dir = \(folder.path)", "auth_type = trust", "auth_file = \(users)",
                "pool_mode = transaction",
            ]
            let file = try folder.write((lines + settings + [""]).joined(separator: "\n"), to: "pgbouncer.ini")
            let user = isRoot ? ["--reuid=postgres", "--regid=postgres", "--init-groups"] : []
            let result = try await Program.run(
                user + ["--pdeathsig=SIGTERM", "--", "pgbouncer", "--quiet", file],
                executable: "setpriv",
                environment: ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
            ) { program in
                // SIGTERM ends it at once, whoever is connected.
                defer { program.signal(SIGTERM) }
                while access("\(folder.path)/.s.PGSQL.6432", F_OK) != 0 {
                    guard kill(program.id, 0) == 0 else { return }
                    try await Task.sleep(for: .milliseconds(10))
                }
                try await body("host=\(folder.path) port=6432")
            }
            // An ended PgBouncer has no exit code of its own; one that never began says why.
            guard result.stderr.isEmpty else { throw PoolerFailure(text: result.stderr) }
        }
    }

    private struct PoolerFailure: Error {
        var text: String
    }
}
