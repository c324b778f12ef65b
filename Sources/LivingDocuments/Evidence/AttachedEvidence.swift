/// A document with evidence, and what was done to it.
package struct AttachedEvidence: Sendable, Equatable {
    package enum Block: Sendable, Equatable {
        case added, replaced
        /// It says already what it would say.
        case unchanged
        /// Somebody has changed it since, so it is theirs.
        case edited
    }

    package let document: Document
    /// The heading of the entry.
    package let bug: String
    /// The line of the heading, from 1.
    package let line: Int
    package let block: Block
    /// The line at which the evidence begins.
    package let blockLine: Int
    package let status: StatusOutcome
    /// The only checks that it is of; all of the run's when empty.
    package let checks: [String]
}

/// What came of putting evidence under a bug's entry.
package enum EvidenceAttachment: Sendable, Equatable {
    case attached(AttachedEvidence)
    /// Several entries have that name.
    case ambiguous(BugCandidates)
    /// No entry has that name; all that there are.
    case missing(BugCandidates)
}

/// What an entry's status becomes when evidence is attached.
package enum AttachedStatus: String, Sendable, CaseIterable {
    case unchanged, resolved
}
