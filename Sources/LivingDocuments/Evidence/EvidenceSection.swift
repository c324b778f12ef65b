import AuditModel
import CommonMark

/// The section of a document that evidence is for.
struct EvidenceSection {
    private let outline: Outline
    private let index: Int
    private let range: Range<Int>
    /// Assay's own entry, which ends with its comment.
    private let own: Entry?

    /// - Parameter index: the position of the entry's heading in the outline's blocks.
    init(_ outline: Outline, of index: Int) {
        self.outline = outline
        self.index = index
        let start = outline.blocks[index].start
        own = outline.entries.first { $0.range.contains(start) }
        range = start..<(own?.range.upperBound ?? outline.entryEnd(of: index))
    }

    /// - Parameters:
    ///   - failing: the checks that keep the bug from being resolved.
    ///   - checks: the only ones that the evidence is of; all of the run's when empty.
    func attaching(
        _ text: EntryText,
        _ status: AttachedStatus,
        failing: [CheckResult],
        checks: [String]
    ) throws(DocumentError) -> AttachedEvidence {
        let (block, blockEdits) = edits(text)
        var outcome = StatusOutcome.notAsked
        var statusEdits: [Edit] = []
        if status == .resolved {
            (statusEdits, outcome) =
                own == nil ? EntryStatus(outline, of: index, in: range, beside: blockEdits).resolving() : ([], .kept)
        }
        if case .changed = outcome, let first = failing.first {
            let violations = first.after ?? first.before ?? 0
            outcome = .stillFailing(check: first.id, violations: violations, others: failing.count - 1)
            statusEdits = []
        }
        let document = outline.document
        let result = document.applying(blockEdits + statusEdits)
        let place = try place(of: text.marker, in: result)
        return AttachedEvidence(
            document: result,
            bug: MarkdownEscaping.visible(outline.headings.first { $0.index == index }?.heading.text ?? ""),
            line: document.line(at: range.lowerBound),
            block: block,
            blockLine: result.line(at: place),
            status: outcome,
            checks: checks
        )
    }

    private func edits(_ text: EntryText) -> (AttachedEvidence.Block, [Edit]) {
        let old = outline.entries.first {
            $0.marker.kind == .evidence && $0.marker.run == text.marker.run && reach.contains($0.range.lowerBound)
        }
        if let old {
            guard old.isUntouched else { return (.edited, []) }
            let edit = outline.replacement(of: old, with: text)
            return edit.bytes.elementsEqual(outline.document.bytes[old.range]) ? (.unchanged, []) : (.replaced, [edit])
        }
        if openComment(of: text.marker, in: outline, reach) != nil { return (.edited, []) }
        return (.added, [outline.insertion(of: [text], at: outline.evidencePlace(in: range))])
    }

    /// Where evidence of this entry may stand: behind an own entry, up to the next heading.
    private var reach: Range<Int> {
        guard let own else { return range }
        let next = outline.headings.first { $0.index > index }.map { outline.blocks[$0.index].start }
        return own.range.lowerBound..<max(own.range.upperBound, next ?? outline.document.bytes.count)
    }

    /// Evidence whose last comment somebody has removed.
    private func openComment(of marker: EntryMarker, in outline: Outline, _ reach: Range<Int>) -> Int? {
        outline.blocks.first { block in
            guard reach.contains(block.start), case .html(let html) = block.kind, let found = EntryMarker(html: html)
            else { return false }
            return found.kind == .evidence && found.run == marker.run
        }?
        .start
    }

    /// Where the evidence stands in the new document; a place in which Markdown would read it as something else is an
    /// error.
    private func place(of marker: EntryMarker, in result: Document) throws(DocumentError) -> Int {
        let new = Outline(result)
        let whole = range.lowerBound..<(range.upperBound + result.bytes.count - outline.document.bytes.count + 1)
        let found = new.entries.first {
            $0.marker.kind == .evidence && $0.marker.run == marker.run && whole.contains($0.range.lowerBound)
        }
        if let place = found?.range.lowerBound ?? openComment(of: marker, in: new, whole) { return place }
        let last = outline.blocks.last { $0.start < range.upperBound }?.start ?? range.lowerBound
        throw DocumentError(
            .unsuitable,
            "what begins in line \(outline.document.line(at: last)) is never closed, so that evidence would become part "
                + "of it; close the code block or comment there, and attach again"
        )
    }
}
