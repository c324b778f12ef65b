import FoundationEssentials
import Glibc
internal import Subprocess

/// The server as a direct child of this program.
struct ServerProcess: Sendable {
    let id: pid_t
    /// Ends when the server has.
    private let run: Task<Void, any Error>
    private let wish: AsyncStream<Never>.Continuation

    /// Starts the server and waits until it accepts connections.
    static func start(_ command: [String], as user: ServerUser, in folder: ClusterFolder) async throws -> ServerProcess
    {
        let (stop, wish) = AsyncStream<Never>.makeStream()
        let (ready, started) = AsyncThrowingStream<pid_t, any Error>.makeStream()
        // A task of its own: a cancelled caller still wants to close its sessions before the server goes.
        let run = Task {
            do {
                try await serve(command, as: user, in: folder, started: started, until: stop)
                started.finish()
            } catch {
                started.finish(throwing: error)
                throw error
            }
        }
        do {
            for try await id in ready { return ServerProcess(id: id, run: run, wish: wish) }
            throw CancellationError()
        } catch {
            wish.finish()
            _ = await run.result
            throw error
        }
    }

    /// Ends the server, and waits for its end.
    func stop() async {
        wish.finish()
        _ = await run.result
    }

    /// Tells the server to end; only before `stop`, after which the process id may be another's.
    func signalEnd() {
        kill(id, SIGQUIT)
    }

    static func log(in folder: ClusterFolder) -> String {
        (try? String(contentsOfFile: folder.log, encoding: .utf8)) ?? ""
    }

    private static func serve(
        _ command: [String],
        as user: ServerUser,
        in folder: ClusterFolder,
        started: AsyncThrowingStream<pid_t, any Error>.Continuation,
        until stop: AsyncStream<Never>
    ) async throws {
        var options = PlatformOptions()
        // A group of its own, so that ^C at the terminal reaches this program only.
        options.processGroupID = 0
        // When it does not get ready. The server needs a moment to end its own children.
        options.teardownSequence = [.send(signal: .quit, allowedDurationToNextStep: .seconds(5))]
        _ = try await Subprocess.run(
            .name("sh"),
            // The shell opens the log, and is then replaced by the server.
            arguments: Arguments(["-c", #"cd "$0" && exec "$@" >>log 2>&1"#, folder.path] + user.command + command),
            environment: Command.environment,
            platformOptions: options,
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            let id = execution.processIdentifier.value
            // The id is the server's until this closure is left, because Subprocess reaps only then.
            try await waitUntilReady(id, folder)
            started.yield(id)
            for await _ in stop {}
            kill(id, SIGQUIT)
        }
    }

    /// Waits for the word that `pg_ctl` waits for: the eighth line of `postmaster.pid`.
    private static func waitUntilReady(_ id: pid_t, _ folder: ClusterFolder) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(60)
        while clock.now < deadline {
            let status = try? String(contentsOfFile: folder.data + "/postmaster.pid", encoding: .utf8)
            let lines = (status ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            if lines.count > 7, lines[7].hasPrefix("ready") { return }
            if hasEnded(id) {
                throw EmbeddedPostgresError(message: "A private PostgreSQL server did not start.", log: log(in: folder))
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw EmbeddedPostgresError(
            message: "A private PostgreSQL server did not accept connections within a minute.",
            log: log(in: folder)
        )
    }

    private static func hasEnded(_ id: pid_t) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }
}
