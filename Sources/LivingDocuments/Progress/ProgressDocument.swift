package import AuditModel
package import Templating

/// A document with one entry for each run in which something changed, the newest first.
package enum ProgressDocument {
    /// When a run gets an entry.
    package enum When: String, Sendable, CaseIterable {
        case changed, always, never
    }

    /// The document with an entry for the run; the same document when there is nothing to tell.
    ///
    /// - Parameters:
    ///   - verdict: the run in one sentence, without a full stop.
    ///   - known: what the document has had; an entry that a person removed does not come back.
    package static func updating(
        _ document: Document,
        with run: Run,
        verdict: String,
        when: When = .changed,
        known: KnownEntries = KnownEntries(),
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if when == .never { return document }
        let begun = document.begun(run, with: "documents/progress.md", templates)
        let outline = Outline(begun)
        let entries = outline.entries.filter { $0.marker.kind == .progress && $0.marker.tells(of: run) }
        let markers = entries.map(\.marker) + known.markers(.progress, for: run, in: document)
        if markers.contains(where: { $0.run == run.id }) { return document }
        let previous = markers.filter { $0.run < run.id }.max { $0.run < $1.run }
        let state = previous?.state.map { ProgressState($0) }
        let findings = Finding.all(run)
        let changes = ProgressChange.all(findings, since: state)
        let next = (state ?? ProgressState()).after(findings)
        if when == .changed {
            if state != nil, changes.isEmpty { return document }
            // Of runs at the same moment, one tells what all of them found.
            let newer = markers.filter { $0.run > run.id }.min { $0.run < $1.run }?.state.map { ProgressState($0) }
            if let newer, newer == next, (run.totals.repaired ?? 0) == 0 { return document }
        }

        let habit = EntryHabit(
            outline,
            sections: SectionNames.progress,
            isDated: true,
            today: CalendarDate(run.startedAt)
        )
        let view = ProgressView(
            context: EntryContext(run, links, habit, document),
            verdict: verdict,
            changes: changes,
            since: state == nil ? nil : previous?.run,
            users: UserRows(run.users),
            gaps: findings.compactMap { finding in
                guard case .unmeasured(let reason?) = finding.standing else { return nil }
                return "\(finding.title) (\(reason.shortened(to: 200)))"
            },
            failing: findings.filter { $0.standing == .violated }
        )
        var marker = EntryMarker(run, kind: .progress)
        marker.state = next.text
        let body = templates.render(view, with: "documents/progress-entry.md")
        let entry = try EntryText(marker, body: body, form: habit.form)
        let newer = entries.filter { $0.marker.run > run.id }
        let place = Self.place(behind: newer, in: begun, habit)
        var edits = [outline.insertion(of: [entry], at: place)]
        edits += LastUpdated.edits(outline, habit, to: run.startedAt)
        return begun.applying(edits)
    }

    /// Where the entry of a run goes that newer ones have overtaken, or that is the newest.
    private static func place(behind newer: [Entry], in document: Document, _ habit: EntryHabit) -> Int {
        let starts = newer.map(\.range.lowerBound)
        if habit.isOldestFirst, let first = starts.min() { return first }
        guard let last = newer.max(by: { $0.range.lowerBound < $1.range.lowerBound }) else { return habit.place }
        let end = document.bytes.newlineEnd(after: last.range.upperBound) ?? last.range.upperBound
        // The empty line that came with the newer entry goes with it, too.
        return last.marker.tail > 0 ? document.bytes.newlineEnd(after: end) ?? end : end
    }
}
