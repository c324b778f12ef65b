import AuditModel

@testable import LivingDocuments

/// Evidence of a run made by hand, for documents made by hand.
enum SampleEvidence {
    static let run = SampleRuns.run(0, [.init(id: "a", before: 4, repaired: 4, users: ["ann"])], mode: .fix)

    static let repairedKeys = [RepairedKeys(check: "a", keys: ["-1001, -1002"], count: 4)]

    static func attach(
        _ document: Document,
        _ bug: String,
        status: AttachedStatus = .resolved,
        run: Run = run,
        repaired: [RepairedKeys] = repairedKeys
    ) throws -> EvidenceAttachment {
        try attachEvidence(
            of: run,
            to: document,
            bug: bug,
            status: status,
            verdict: SampleRuns.verdict,
            repaired: repaired,
            templates: SampleRuns.templates,
            links: SampleRuns.links
        )
    }

    /// What was attached to the one entry that fits.
    static func attached(
        _ text: String,
        _ bug: String,
        status: AttachedStatus = .resolved,
        run: Run = run,
        repaired: [RepairedKeys] = repairedKeys
    ) throws -> AttachedEvidence {
        let attachment = try attach(Document(text), bug, status: status, run: run, repaired: repaired)
        guard case .attached(let evidence) = attachment else { throw DocumentError(.busy, "\(attachment)") }
        return evidence
    }

    /// The line of the one entry that fits; what else came of it as text.
    static func line(_ text: String, _ bug: String) throws -> String {
        switch try attach(Document(text), bug) {
        case .attached(let evidence): "\(evidence.line)"
        case .ambiguous(let candidates): "several: " + candidates.shown.map { "\($0.line)" }.joined(separator: " ")
        case .missing(let candidates): "none of " + candidates.shown.map { "\($0.line)" }.joined(separator: " ")
        }
    }
}
