import CommonMark

/// Entries among which a person is to choose.
package struct BugCandidates: Sendable, Equatable {
    package struct Candidate: Sendable, Equatable {
        package let heading: String
        /// Of its heading, from 1.
        package let line: Int
    }

    private static let limit = 20

    package let shown: [Candidate]
    /// The number of those that are not shown.
    package let more: Int
    /// A sentence about what may be meant, without a full stop.
    package let hint: String?

    init(_ headings: [(index: Int, heading: Outline.Heading)], in outline: Outline, hint: String? = nil) {
        self.hint = hint
        shown = headings.prefix(Self.limit).map { index, heading in
            Candidate(
                heading: MarkdownEscaping.visible(heading.text).shortened(to: 100),
                line: outline.document.line(at: outline.blocks[index].start)
            )
        }
        more = headings.count - shown.count
    }
}
