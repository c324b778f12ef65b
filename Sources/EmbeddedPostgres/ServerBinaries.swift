import FoundationEssentials

/// The folder of PostgreSQL's server programs.
package struct ServerBinaries: Sendable, Hashable {
    package var folder: String

    /// Finds them: the folder that `PG_BINDIR` names, one of `PATH`, or the newest of Debian's.
    ///
    /// Debian keeps `initdb` and `postgres` out of `PATH`, in `/usr/lib/postgresql/VERSION/bin`.
    package static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(EmbeddedPostgresError) -> ServerBinaries {
        if let folder = environment["PG_BINDIR"], !folder.isEmpty {
            guard isComplete(folder) else {
                throw EmbeddedPostgresError(
                    message: "PG_BINDIR is \(folder), but initdb and postgres are not both there; correct or unset it."
                )
            }
            return ServerBinaries(folder: folder)
        }
        let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        let newestFirst = versions.compactMap { Int($0) }.sorted(by: >).map { "\(debian)/\($0)/bin" }
        guard let folder = (path + newestFirst).first(where: isComplete) else {
            throw EmbeddedPostgresError(
                message: """
                    PostgreSQL's server programs (initdb, postgres) are not installed; on Debian install the package \
                    postgresql, or name their folder in PG_BINDIR.
                    """
            )
        }
        // A link, say in /usr/local/bin, leads to the folder that has the client programs, too.
        let program = URL(filePath: "\(folder)/postgres").resolvingSymlinksInPath()
        let linked = program.deletingLastPathComponent().path
        return ServerBinaries(folder: isComplete(linked) ? linked : folder)
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["initdb", "postgres"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
    }

    func path(_ program: String) -> String {
        "\(folder)/\(program)"
    }
}
