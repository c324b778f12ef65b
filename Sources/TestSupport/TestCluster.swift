package import EmbeddedPostgres
import Glibc
import Synchronization

/// The PostgreSQL cluster that all tests of one process share: started on first use, gone with the process.
package enum TestCluster {
    private static let started = Task {
        let cluster = try await EmbeddedCluster.start(ClusterOptions(settings: ["max_connections": "1000"]))
        running.withLock { $0 = cluster }
        atexit { TestCluster.running.withLock { $0?.endAtExit() } }
        return cluster
    }

    private static let running = Mutex<EmbeddedCluster?>(nil)

    /// The cluster; throws, and so fails the test, when there is no PostgreSQL server to start.
    package static var shared: EmbeddedCluster {
        get async throws { try await started.value }
    }

    /// The folder of the cluster's socket: a `host` for libpq.
    package static var socketDirectory: String {
        get async throws { try await shared.socketDirectory }
    }

    /// The superuser's conninfo; for what needs no database of its own.
    package static func conninfo(database: String = "postgres") async throws -> String {
        try await shared.conninfo(database: database)
    }
}
