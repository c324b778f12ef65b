internal import CLibPQ
import Glibc

extension Connection {
    /// The longest wait, in milliseconds, before the clock and a cancellation are looked at.
    private static let interval: CInt = 200

    /// Sends what libpq still holds of a statement; false when the connection is given up.
    borrowing func flush(_ watch: inout ReplyWatch) -> Bool {
        while PQflush(handle) == 1 {
            guard awaitSocket(CShort(POLLIN | POLLOUT), &watch) else { return false }
            // A server that talks before it has read all must be heard, or both wait for ever.
            PQconsumeInput(handle)
        }
        return true
    }

    /// The next result; nil at the end.
    borrowing func nextResult(_ watch: inout ReplyWatch) -> OpaquePointer? {
        while PQisBusy(handle) == 1 {
            guard awaitSocket(CShort(POLLIN), &watch), PQconsumeInput(handle) == 1 else { break }
        }
        return PQgetResult(handle)
    }

    /// The next message of a COPY, whose memory is the caller's; nil at the end.
    borrowing func nextCopyData(_ watch: inout ReplyWatch) -> UnsafeRawBufferPointer? {
        var buffer: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(handle, &buffer, 1)
            if count > 0 { return UnsafeRawBufferPointer(start: buffer, count: Int(count)) }
            // -1 is the end, -2 an error: the next result tells.
            guard count == 0, awaitSocket(CShort(POLLIN), &watch), PQconsumeInput(handle) == 1 else { return nil }
        }
    }

    /// Waits until the server has something to say, or can be told something; false when the connection is given up.
    private borrowing func awaitSocket(_ events: CShort, _ watch: inout ReplyWatch) -> Bool {
        while true {
            var descriptor = pollfd(fd: PQsocket(handle), events: events, revents: 0)
            guard descriptor.fd >= 0 else { return false }
            // What has come is read, however late; interrupted waits begin anew.
            if poll(&descriptor, 1, Self.interval) > 0 { return true }
            switch watch.look(cancelledAt: gate.cancelledAt) {
            case .wait: break
            case .interrupt: gate.interrupt()
            case .giveUp:
                cut()
                return false
            }
        }
    }

    /// Ends the conversation from this side, so that libpq finds the connection lost and waits for nothing.
    borrowing func cut() {
        shutdown(PQsocket(handle), CInt(SHUT_RDWR))
        while PQconsumeInput(handle) == 1, PQstatus(handle) == CONNECTION_OK {}
    }
}
