/// Lets statements begin and end on the session's thread, and other threads cancel them.
///
/// A cancel request that reaches the server between two statements hits nothing, and one that comes late hits the
/// wrong one. So requests are repeated while the statement runs, and its end waits for the request on its way.
final class StatementGate: Sendable {
    private struct State {
        /// When the cancellation came.
        var cancelledAt: ContinuousClock.Instant?
        var isRunning = false
        /// A thread is sending requests.
        var isSending = false
    }

    /// Why a statement may not begin.
    enum Refusal {
        case cancelled
        /// Another statement of the connection is still running: the caller is inside its row or data closure.
        case busy
    }

    /// The milliseconds between two requests for one statement.
    private static let interval = 250
    /// The milliseconds that the end of a statement waits for a request on its way.
    private static let patience = 3000

    private let state = Monitor(State())
    private let request: CancelRequest

    init(request: CancelRequest) {
        self.request = request
    }

    var isCancelled: Bool { cancelledAt != nil }

    var cancelledAt: ContinuousClock.Instant? {
        state.update { $0.cancelledAt }
    }

    /// Forgets a cancellation: a new caller has come.
    func reset() {
        state.update { $0.cancelledAt = nil }
    }

    /// Begins a statement; nil when it may.
    func begin() -> Refusal? {
        state.update { state in
            if state.isRunning { return .busy }
            if state.cancelledAt != nil { return .cancelled }
            state.isRunning = true
            return nil
        }
    }

    /// Ends the statement; false when a request is still on its way, which would hit the next statement.
    ///
    /// After a lost connection nothing that comes later can be hit, and nothing is waited for.
    func end(connectionLost: Bool) -> Bool {
        state.update { $0.isRunning = false }
        if connectionLost { return true }
        return state.wait(milliseconds: Self.patience) { !$0.isSending }
    }

    /// Cancels the running statement, and all later ones up to `reset`. Never blocks.
    func cancel() {
        state.update { $0.cancelledAt = $0.cancelledAt ?? .now }
        interrupt()
    }

    /// Asks the server to give up the running statement, and no other. Never blocks.
    func interrupt() {
        let mustSend = state.update { state in
            guard state.isRunning, !state.isSending else { return false }
            state.isSending = true
            return true
        }
        guard mustSend else { return }
        let (state, request) = (state, request)
        let isStarted = DetachedThread.start {
            repeat {
                request.send()
                state.wait(milliseconds: Self.interval) { !$0.isRunning }
            } while state.update({ state in
                state.isSending = state.isRunning
                return state.isSending
            })
        }
        if !isStarted { state.update { $0.isSending = false } }
    }

    /// Waits, at most until a cancellation; false when that came.
    func pause(for duration: Duration) -> Bool {
        let milliseconds = Int(duration / .milliseconds(1))
        return !state.wait(milliseconds: milliseconds) { $0.cancelledAt != nil }
    }
}
