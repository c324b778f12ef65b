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
    /// - Parameter verdict: the run in one sentence, without a full stop.
    package static func updating(
        _ document: Document,
        with run: Run,
        verdict: String,
        when: When = .changed,
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if when == .never { return document }
        let begun = document.begun(run, with: "documents/progress.md", templates)
        let outline = Outline(begun)
        let entries = outline.entries.filter { $0.marker.kind == .progress && $0.marker.suite == run.suite.name }
        if entries.contains(where: { $0.marker.run == run.id }) { return document }
        let previous = entries.filter { $0.marker.run < run.id }.max { $0.marker.run < $1.marker.run }
        let state = previous?.marker.state.map { ProgressState($0) }
        let findings = Finding.all(run)
        let changes = ProgressChange.all(findings, since: state)
        if when == .changed, state != nil, changes.isEmpty { return document }

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
            since: state == nil ? nil : previous?.marker.run,
            users: UserRows(run.users),
            gaps: findings.compactMap { finding in
                guard case .unmeasured(let reason?) = finding.standing else { return nil }
                return "\(finding.title) (\(reason.shortened(to: 200)))"
            }
        )
        var marker = EntryMarker(run: run.id, kind: .progress, suite: run.suite.name)
        marker.state = (state ?? ProgressState()).after(findings).text
        let entry = try EntryText(marker, body: templates.render(view, with: "documents/progress-entry.md"))
        // A run that ended after a newer one goes below it.
        let newer = entries.filter { $0.marker.run > run.id }.max { $0.range.lowerBound < $1.range.lowerBound }
        let place =
            newer.map { begun.bytes.newlineEnd(after: $0.range.upperBound) ?? $0.range.upperBound } ?? habit.place
        var edits = [outline.insertion(of: [entry], at: place)]
        edits += LastUpdated.edits(outline, habit, to: run.startedAt)
        return begun.applying(edits)
    }
}
