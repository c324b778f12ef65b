package import AuditModel
package import Templating

/// What came of putting evidence under a bug's entry.
package enum EvidenceAttachment: Sendable, Equatable {
    /// - Parameters:
    ///   - bug: the heading of the entry.
    ///   - changedStatus: a status marker was found and says resolved now.
    case attached(Document, bug: String, changedStatus: Bool)
    /// Several entries have that name.
    case ambiguous(candidates: [String])
    /// No entry has that name.
    case missing(candidates: [String])
}

/// What an entry's status becomes when evidence is attached.
package enum AttachedStatus: String, Sendable, CaseIterable {
    case unchanged, resolved
}

/// Puts the evidence of a run under an entry that a person wrote; a second time replaces it.
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
    case .ambiguous(let candidates): return .ambiguous(candidates: candidates)
    case .missing(let candidates): return .missing(candidates: candidates)
    }
    let heading = outline.blocks[index]
    guard case .heading(let bugHeading) = heading.kind else { return .missing(candidates: []) }
    // An entry of assay's own ends with its comment.
    let own = outline.entries.first { $0.range.contains(heading.start) }
    let section = heading.start..<(own?.range.upperBound ?? outline.sectionEnd(of: index))
    let view = EvidenceView(
        context: EntryContext(run, links, EntryHabit(outline, sections: SectionNames.bugs, isDated: false), document),
        verdict: verdict,
        repaired: repaired,
        users: UserRows(run.users)
    )
    var marker = EntryMarker(run: run.id, kind: .evidence, suite: run.suite.name)
    marker.state = "\(run.totals.before)/\(run.totals.repaired ?? 0)/\(run.totals.after)"
    let text = try EntryText(marker, body: templates.render(view, with: "documents/evidence.md"))

    var edits: [Edit] = []
    let nextHeading = outline.headings.first { $0.index > index }.map { outline.blocks[$0.index].start }
    let reach = own.map { $0.range.lowerBound..<(nextHeading ?? document.bytes.count) } ?? section
    let old = outline.entries.first {
        $0.marker.kind == .evidence && $0.marker.run == run.id && reach.contains($0.range.lowerBound)
    }
    if let old {
        edits.append(outline.replacement(of: old, with: text))
    } else {
        edits.append(outline.insertion(of: [text], at: outline.textEnd(in: section)))
    }
    var changedStatus = false
    if status == .resolved, own == nil {
        let changes = StatusMarker(outline).resolving(index, in: section)
        changedStatus = !changes.isEmpty
        edits += changes
    }
    return .attached(document.applying(edits), bug: bugHeading.text, changedStatus: changedStatus)
}

extension Outline {
    /// Where the text of a section ends: before empty lines and a line across the page.
    fileprivate func textEnd(in section: Range<Int>) -> Int {
        var end = section.upperBound
        if let last = blocks.last(where: { $0.start >= section.lowerBound && $0.start < section.upperBound }),
            last.kind == .thematicBreak
        {
            end = last.start
        }
        let bytes = document.bytes
        if let behind = bytes.newlineEnd(after: end), entries.contains(where: { $0.range.upperBound == end }) {
            return behind
        }
        return bytes.trimmedEnd(end, from: section.lowerBound)
    }
}
