/// Lets statements begin and end on the session's thread, and other threads cancel them.
///
/// A cancel request that reaches the server between two statements hits nothing, and one that comes late hits the
/// wrong one. So requests are repeated while the statement runs, and its end waits for the request on its way.
final class StatementGate: Sendable {
    private struct State {
        var isCancelled = false
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

    /// The time between two requests for one statement.
    private static let pause = 250

    private let state = Monitor(State())
    private let request: CancelRequest

    init(request: CancelRequest) {
        self.request = request
    }

    var isCancelled: Bool {
        state.update { $0.isCancelled }
    }

    /// Forgets a cancellation: a new caller has come.
    func reset() {
        state.update { $0.isCancelled = false }
    }

    /// Begins a statement; nil when it may.
    func begin() -> Refusal? {
        state.update { state in
            if state.isRunning { return .busy }
            if state.isCancelled { return .cancelled }
            state.isRunning = true
            return nil
        }
    }

    /// Ends the statement. After a lost connection nothing that comes later can be hit, and nothing is waited for.
    func end(connectionLost: Bool) {
        state.update { $0.isRunning = false }
        if connectionLost { return }
        state.wait { $0.isSending ? nil : () }
    }

    /// Cancels the running statement, and all later ones up to `reset`. Never blocks.
    func cancel() {
        let mustSend = state.update { state in
            state.isCancelled = true
            guard state.isRunning, !state.isSending else { return false }
            state.isSending = true
            return true
        }
        guard mustSend else { return }
        let (state, request) = (state, request)
        let isStarted = DetachedThread.start {
            repeat {
                request.send()
                state.wait(milliseconds: Self.pause) { !$0.isRunning }
            } while state.update({ state in
                state.isSending = state.isRunning
                return state.isSending
            })
        }
        if !isStarted { state.update { $0.isSending = false } }
    }

    /// Asks the server once to give up the running statement; for its own thread, which then reads what is left.
    func interrupt() {
        request.send()
    }
}
