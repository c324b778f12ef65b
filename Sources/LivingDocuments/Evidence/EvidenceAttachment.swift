package import AuditModel
package import Templating

/// Puts the evidence of a run under an entry that a person wrote; a second time brings it up to date.
///
/// - Parameters:
///   - bug: part of the heading, an id in it, or the check of an entry of assay's.
///   - verdict: the run in one sentence, without a full stop.
package func attachEvidence(
    of run: Run,
    to document: Document,
    bug: String,
    status: AttachedStatus,
    verdict: String,
    repaired: [RepairedKeys] = [],
    templates: Templates,
    links: RunLinks?
) throws(DocumentError) -> EvidenceAttachment {
    let outline = Outline(document)
    let index: Int
    switch BugSearch(outline).find(bug) {
    case .found(let found): index = found
    case .ambiguous(let candidates): return .ambiguous(candidates)
    case .missing(let candidates): return .missing(candidates)
    }
    let view = EvidenceView(
        context: EntryContext(run, links, EntryHabit(outline, sections: SectionNames.bugs, isDated: false), document),
        verdict: verdict,
        repaired: repaired,
        users: UserRows(run.users, isOfRepair: true)
    )
    var marker = EntryMarker(run, kind: .evidence)
    marker.state = "\(run.totals.before)/\(run.totals.repaired ?? 0)/\(run.totals.after)"
    let text = try EntryText(marker, body: templates.render(view, with: "documents/evidence.md"))
    return .attached(try EvidenceSection(outline, of: index).attaching(text, status))
}
