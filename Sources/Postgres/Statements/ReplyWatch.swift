/// Decides how long an answer of the server is waited for.
///
/// The server keeps its own time limit; this one is for a server, or a network, that has fallen silent.
struct ReplyWatch {
    enum Verdict {
        case wait
        /// The server should have given the statement up by now: it is asked to.
        case interrupt
        /// Nothing will come any more.
        case giveUp
    }

    /// How long after the server's own limit the answer may come.
    private static let grace = Duration.seconds(5)
    /// How long after a cancellation the answer may come.
    private static let patience = Duration.seconds(4)
    /// How long a statement may take that only ends what was begun.
    private static let ending = Duration.seconds(10)

    private let start = ContinuousClock.now
    /// Nil when the server has no limit either.
    private let limit: Duration?
    private let endsWork: Bool
    private var hasInterrupted = false
    /// What the wait came to, for the message; nil while it is not over.
    private(set) var reason: String?

    init(milliseconds: Int?, endsWork: Bool) {
        limit = endsWork ? Self.ending : milliseconds.map { .milliseconds($0) + Self.grace }
        self.endsWork = endsWork
    }

    /// Looks at the clock, when nothing has come for a moment.
    mutating func look(cancelledAt: ContinuousClock.Instant?) -> Verdict {
        let now = ContinuousClock.now
        if let cancelledAt, now - max(cancelledAt, start) > Self.patience {
            reason = "the server did not answer after the cancellation, and the connection was given up"
            return .giveUp
        }
        guard let limit, now - start > limit else { return .wait }
        if endsWork || now - start > limit + Self.patience {
            reason =
                "the server has been silent for \((now - start).components.seconds) seconds, "
                + "longer than its own time limit allows, and the connection was given up"
            return .giveUp
        }
        if hasInterrupted { return .wait }
        hasInterrupted = true
        return .interrupt
    }
}
