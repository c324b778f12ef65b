import AuditModel
import Synchronization

/// The one `UserTallies` that all measuring connections of a run write into.
final class TallyBook: Sendable {
    private let tallies: Mutex<UserTallies>

    init(checks: [String]) {
        tallies = Mutex(UserTallies(checks: checks))
    }

    func with<R: Sendable>(_ body: (inout sending UserTallies) -> sending R) -> R {
        tallies.withLock(body)
    }
}
