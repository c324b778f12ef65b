/// A task of a checklist that is bound to a check.
package struct BoundBox: Sendable, Equatable {
    /// The line in the document, from 1.
    package var line: Int
    /// The task's text, without the comment.
    package var text: String
    package var check: String
    package var isTicked: Bool
    /// What the run says; nil when it did not measure the check.
    package var shouldBeTicked: Bool?

    package var wouldChange: Bool { shouldBeTicked.map { $0 != isTicked } ?? false }
}
