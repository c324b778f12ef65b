internal import CLibPQ

/// What it takes to ask the server to give up a connection's statement, from any thread.
final class CancelRequest: @unchecked Sendable {
    // `@unchecked` because a `PGcancel` never changes after its creation, and `PQcancel` only reads it.
    private let handle: OpaquePointer

    /// Copies the server's address and the backend's key out of an open connection.
    init?(connection: OpaquePointer) {
        guard let handle = PQgetCancel(connection) else { return nil }
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// Opens a connection for the request, sends it and waits until the server has signalled the backend. Blocks,
    /// without a time limit of its own: only for a thread that nobody waits for.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        // A request that cannot be delivered is tried again by the one who asked, as long as the statement runs.
        _ = PQcancel(handle, &message, CInt(message.count))
    }
}
