import FoundationEssentials

/// A private PostgreSQL cluster that listens on a socket only, and leaves nothing behind.
///
/// It ends with `stop`, and at the latest with the program, however that ends.
package final class EmbeddedCluster: Sendable {
    /// The superuser, who needs no password.
    package static let user = "audit"

    private let folder: ClusterFolder
    private let binaries: ServerBinaries
    private let server: ServerProcess

    private init(folder: ClusterFolder, binaries: ServerBinaries, server: ServerProcess) {
        self.folder = folder
        self.binaries = binaries
        self.server = server
    }

    /// Makes a cluster and starts its server; returns when it accepts connections.
    package static func start(
        _ options: ClusterOptions = ClusterOptions(),
        binaries: ServerBinaries? = nil
    ) async throws -> EmbeddedCluster {
        let binaries = try binaries ?? ServerBinaries.find()
        let user = try ServerUser.current()
        ClusterFolder.removeAbandoned()
        let folder = try ClusterFolder.make(for: user)
        do {
            try await makeData(options, binaries, user, folder)
            let server = try await ServerProcess.start(
                (options.language.map { ["env", "LANGUAGE=\($0)"] } ?? [])
                    + [binaries.path("postgres"), "-D", folder.data, "-k", folder.path] + options.arguments,
                as: user,
                in: folder
            )
            return EmbeddedCluster(folder: folder, binaries: binaries, server: server)
        } catch {
            folder.remove()
            throw error
        }
    }

    /// Runs `body` with a cluster that ends with it.
    package static func with<R: Sendable>(
        _ options: ClusterOptions = ClusterOptions(),
        binaries: ServerBinaries? = nil,
        _ body: (EmbeddedCluster) async throws -> R
    ) async throws -> R {
        let cluster = try await start(options, binaries: binaries)
        do {
            let result = try await body(cluster)
            await cluster.stop()
            return result
        } catch {
            await cluster.stop()
            throw error
        }
    }

    /// The folder of the server's socket: a `host` for libpq.
    package var socketDirectory: String { folder.path }

    /// The server's process id.
    package var processID: Int32 { server.id }

    /// What the server has written to its log so far.
    package var log: String { ServerProcess.log(in: folder) }

    package func conninfo(database: String = "postgres") -> String {
        let name = database.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        return "host=\(socketDirectory) port=5432 user=\(Self.user) dbname='\(name)'"
    }

    package func createDatabase(_ name: String, template: String = "template0") async throws {
        let result = try await Command.run(
            [
                binaries.path("createdb"), "--host=\(socketDirectory)", "--port=5432", "--username=\(Self.user)",
                "--template=\(template)", "--maintenance-db=postgres", "--", name,
            ],
            in: folder.path
        )
        guard result.isSuccess else {
            throw EmbeddedPostgresError(message: "The database \(name) could not be created.", log: result.output)
        }
    }

    /// Ends the server at once and removes the cluster. May be called again.
    package func stop() async {
        await server.stop()
        folder.remove()
    }

    /// Does what `stop` does without waiting for the server's end: for an exit handler.
    package func endAtExit() {
        if !folder.isRemoved { server.signalEnd() }
        folder.remove()
    }

    private static func makeData(
        _ options: ClusterOptions,
        _ binaries: ServerBinaries,
        _ user: ServerUser,
        _ folder: ClusterFolder
    ) async throws {
        let command =
            if let primary = options.primary {
                [
                    binaries.path("pg_basebackup"), "--pgdata=\(folder.data)", "--write-recovery-conf", "--no-sync",
                    "--checkpoint=fast", "--dbname=\(primary.conninfo())",
                ]
            } else {
                [
                    binaries.path("initdb"), "--pgdata=\(folder.data)", "--username=\(Self.user)", "--auth=trust",
                    "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
                ]
            }
        let result = try await Command.run(user.command + command, in: folder.path)
        guard result.isSuccess else {
            throw EmbeddedPostgresError(
                message: "The data of a private PostgreSQL cluster could not be made in \(folder.path).",
                log: result.output
            )
        }
        if !options.accessRules.isEmpty {
            let rules = options.accessRules + ["local all all trust", "local replication all trust", ""]
            // Not atomically, which would make a new file that is root's.
            try Data(rules.joined(separator: "\n").utf8).write(to: URL(filePath: folder.data + "/pg_hba.conf"))
        }
    }
}
