import Synchronization

/// What a run has committed so far, for the message of one that is interrupted.
final class RepairLedger: Sendable {
    private let committed = Mutex<[(check: String, rows: Int)]>([])

    func add(_ rows: Int, of check: String) {
        committed.withLock { committed in
            if let last = committed.last, last.check == check {
                committed[committed.count - 1].rows += rows
            } else {
                committed.append((check, rows))
            }
        }
    }

    /// Such as `channel-without-broadcast 23`; nil when nothing was committed.
    var summary: String? {
        let entries = committed.withLock { $0 }.filter { $0.rows > 0 }
        return entries.isEmpty ? nil : entries.map { "\($0.check) \($0.rows)" }.joined(separator: ", ")
    }
}
