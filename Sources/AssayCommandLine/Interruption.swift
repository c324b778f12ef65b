import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and SIGTERM into the cancellation of the work, so that nothing is left running on the server.
final class Interruption: Sendable {
    private let received = Mutex<CInt?>(nil)

    /// The exit code for the signal that ended the work; nil when none did.
    var exitCode: Int32? {
        received.withLock { $0 }.map { 128 + $0 }
    }

    /// Runs the work, and cancels it at the first signal; a second signal ends the program at once.
    func cancelling<R: Sendable>(_ work: @escaping @Sendable () async throws -> R) async throws -> R {
        let task = Task { try await work() }
        let sources = [SIGINT, SIGTERM].map { number in
            // The source sees a signal only when the default action does not.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isFirst = self.received.withLock { received in
                    defer { received = received ?? number }
                    return received == nil
                }
                if isFirst { task.cancel() } else { _exit(128 + number) }
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
