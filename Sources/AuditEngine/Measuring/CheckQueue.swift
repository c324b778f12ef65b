import AuditModel
import Synchronization

/// The checks that are still to be measured; each connection takes the next when it is free.
final class CheckQueue: Sendable {
    private let waiting: Mutex<ArraySlice<Check>>

    init(_ checks: [Check]) {
        waiting = Mutex(checks[...])
    }

    func next() -> Check? {
        waiting.withLock { $0.popFirst() }
    }
}
