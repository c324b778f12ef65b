import Glibc
import TestSupport
import Testing

/// A server that falls silent holds nobody up.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SilentServerTests {
    private static func sleeper(_ folder: TemporaryFolder) throws {
        try folder.suite(["slow": check("slow", "SELECT pg_sleep(100) AS x")])
    }

    /// The backend of the check that sleeps.
    private static func backend(at conninfo: String) async throws -> pid_t {
        try await eventually { try await isSleeping(at: conninfo) }
        let sql = """
            SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
                AND query LIKE '%pg_sleep(100)%' AND pid <> pg_backend_pid()
            """
        return try #require(pid_t(try await psql(sql, at: conninfo)))
    }

    @Test func `F11: a backend that stops answering is given up after the time limit`() async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.sleeper(folder)
                var stopped: pid_t?
                defer { if let stopped { kill(stopped, SIGCONT) } }
                let result = try await assay(
                    ["audit", "--suite", "suite", "--no-site", "--statement-timeout", "1s", "--database", conninfo],
                    in: folder
                ) { _ in
                    let backend = try await Self.backend(at: conninfo)
                    kill(backend, SIGSTOP)
                    stopped = backend
                }
                // By itself: nobody sent a signal.
                #expect(result.status == 69, "\(result.stdout)\(result.stderr)")
            }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `F11: one signal ends a run whose server does not answer`(signal: CInt) async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.sleeper(folder)
                var stopped: pid_t?
                defer { if let stopped { kill(stopped, SIGCONT) } }
                let result = try await assay(
                    ["audit", "--suite", "suite", "--no-site", "--statement-timeout", "0", "--database", conninfo],
                    in: folder
                ) { program in
                    let backend = try await Self.backend(at: conninfo)
                    kill(backend, SIGSTOP)
                    stopped = backend
                    program.signal(signal)
                }
                #expect(result.status == 128 + Int(signal), "\(result.stderr)")
            }
        }
    }

    @Test func `F11: one signal ends the wait for a server that takes the connection and says nothing`() async throws {
        try await TemporaryFolder.with { folder in
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let path = folder.file(".s.PGSQL.5432")
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let isBound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) == 0 }
            }
            try #require(isBound && listen(listener, 8) == 0)
            try Self.sleeper(folder)
            let conninfo = "host=\(folder.path) user=ann dbname=shop connect_timeout=0"
            let result = try await assay(
                ["audit", "--suite", "suite", "--no-site", "--database", conninfo],
                in: folder
            ) {
                program in
                let connection = accept(listener, nil, nil)
                defer { close(connection) }
                program.signal(SIGTERM)
                // The program must end while the connection is still open.
                while kill(program.id, 0) == 0, !hasEnded(program) { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(result.status == 143, "\(result.stderr)")
        }
    }

    /// Whether the program has ended and only waits to be reaped.
    private func hasEnded(_ program: Program) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(program.id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    @Test func `A15: readers that the server ends during a long repair are opened anew`() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad');
            CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'assay/2%'
                    AND datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle';
                RETURN NEW;
            END $$;
            CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION slowly();
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let name = try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
            try await TemporaryFolder.with { folder in
                try folder.suite(["a": fixing("a"), "b": check("b", "SELECT id FROM t WHERE id > 5")])
                let result = try await assay(
                    ["audit", "--fix", "--expect", name, "--suite", "suite", "--no-site", "--database", conninfo],
                    in: folder
                )
                #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
                #expect(try folder.record().check("a")?.repaired == 1)
            }
        }
    }
}
