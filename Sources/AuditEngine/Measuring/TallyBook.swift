import AuditModel
import Synchronization

/// The one `UserTallies` that all measuring connections of a run write into.
final class TallyBook: Sendable {
    private let tallies: Mutex<UserTallies>

    init(checks: [String]) {
        tallies = Mutex(UserTallies(checks: checks))
    }

    /// The position of a check in the counts.
    func index(of check: String) -> Int {
        tallies.withLock { $0.checks.firstIndex(of: check) ?? 0 }
    }

    func with<R: Sendable>(_ body: (inout sending UserTallies) -> sending R) -> R {
        tallies.withLock(body)
    }
}
