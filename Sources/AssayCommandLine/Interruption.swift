import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C, SIGTERM and a closed terminal into the cancellation of the work, so that nothing is left running on the server.
final class Interruption: Sendable {
    private struct State {
        /// The first signal that came.
        var received: CInt?
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The exit code for the signal that ended the work; nil when none did.
    var exitCode: Int32? {
        state.withLock { $0.received }.map { 128 + $0 }
    }

    /// Runs the work, and cancels it at the first signal; a second signal ends the program at once.
    func cancelling<R: Sendable>(_ work: @escaping @Sendable () async throws -> R) async throws -> R {
        // Listens before the work begins: a signal never meets work that it cannot cancel.
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
            sources.append(await listen(for: number))
        }
        defer { for source in sources { source.cancel() } }
        let task = Task { try await work() }
        let isReceived = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.received != nil
        }
        if isReceived { task.cancel() }
        return try await task.value
    }

    /// `nohup` starts a program so.
    private static func isIgnored(_ number: CInt) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Returns when the source hears the signal.
    private func listen(for number: CInt) async -> any DispatchSourceSignal {
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { self.receive(number) }
        await withCheckedContinuation { continuation in
            // On Linux a source takes the place of the default action by itself, and `SIG_IGN` would silence it.
            source.setRegistrationHandler { continuation.resume() }
            source.resume()
        }
        return source
    }

    private func receive(_ number: CInt) {
        let (isFirst, cancel) = state.withLock { state in
            defer { state.received = state.received ?? number }
            return (state.received == nil, state.cancel)
        }
        if isFirst { cancel?() } else { _exit(128 + number) }
    }
}
