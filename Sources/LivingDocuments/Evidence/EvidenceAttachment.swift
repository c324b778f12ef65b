package import AuditModel
package import Templating

/// Puts the evidence of a run under an entry that a person wrote; a second time brings it up to date.
///
/// - Parameters:
///   - bug: part of the heading, an id in it, or the check of an entry of assay's.
///   - checks: the only checks that the evidence is of. Without any it is of the check of an entry of assay's, or of all.
///   - verdict: the run in one sentence, without a full stop.
package func attachEvidence(
    of run: Run,
    to document: Document,
    bug: String,
    checks: [String] = [],
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
    let own = outline.entry(at: outline.blocks[index].start)?.marker.check
    let named =
        checks.isEmpty ? own.flatMap { check in run.checks.contains { $0.id == check } ? [check] : nil } : checks
    let figures = named.map { EvidenceFigures(run, of: $0) } ?? EvidenceFigures(run)
    let view = EvidenceView(
        context: EntryContext(run, links, EntryHabit(outline, sections: SectionNames.bugs, isDated: false), document),
        verdict: named == nil ? verdict : figures.text(run.mode),
        repaired: repaired,
        named: named,
        figures: figures,
        users: UserRows(run.users, checks: named, isOfRepair: true)
    )
    var marker = EntryMarker(run, kind: .evidence)
    marker.check = named?.joined(separator: ",")
    marker.state = "\(figures.before)/\(figures.repaired)/\(figures.after)"
    let text = try EntryText(marker, body: templates.render(view, with: "documents/evidence.md"))
    let section = EvidenceSection(outline, of: index)
    return .attached(
        try section.attaching(text, status, failing: run.failing(among: named), checks: named ?? [])
    )
}

extension Run {
    /// The checks that say that a bug is not resolved: of those named, or of those repaired, the ones with violations;
    /// where nothing was repaired, all of these.
    fileprivate func failing(among named: [String]?) -> [CheckResult] {
        let failing = checks.filter { ($0.after ?? $0.before ?? 0) > 0 }
        if let named { return failing.filter { named.contains($0.id) } }
        guard checks.contains(where: { ($0.repaired ?? 0) > 0 }) else { return failing }
        return failing.filter { ($0.repaired ?? 0) > 0 }
    }
}
