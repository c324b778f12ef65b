/// What became of an entry's status.
package enum StatusOutcome: Sendable, Equatable {
    package struct Change: Sendable, Equatable {
        /// Sign and word, such as `🔴 OPEN`, without the markup around them.
        package let from: String
        package let to: String
        package let line: Int
    }

    case notAsked
    case changed([Change])
    case alreadyResolved(String, line: Int)
    /// - Parameter unclearLine: of a status line that says nothing that is known, or not clearly.
    case notFound(unclearLine: Int?)
    /// The run found violations at its end, so that nothing is proved resolved.
    case stillFailing(check: String, violations: Int, others: Int)
    /// The entry is assay's own, which keeps its status itself.
    case kept
}
