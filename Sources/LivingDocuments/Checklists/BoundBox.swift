/// A task of a checklist that is bound to checks.
package struct BoundBox: Sendable, Equatable {
    /// The line in the document, from 1.
    package var line: Int
    /// The task's text, without the comment.
    package var text: String
    /// The ids of its checks; all of them must be clear for a tick.
    package var checks: [String]
    package var isTicked: Bool
    /// Those of the ids that the run has no check of.
    package var unknown: [String] = []
    /// What the run says; nil when it did not measure what it takes to tell.
    package var shouldBeTicked: Bool?

    package var wouldChange: Bool { shouldBeTicked.map { $0 != isTicked } ?? false }
}
