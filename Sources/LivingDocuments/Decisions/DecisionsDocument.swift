package import AuditModel
package import Templating

/// A document with one entry for each run that decided something, each decision written once.
package enum DecisionsDocument {
    /// The document with an entry for those of a run's decisions that are not yet in it.
    ///
    /// - Parameter known: what the document has had; an entry that a person removed does not come back.
    package static func updating(
        _ document: Document,
        with run: Run,
        decisions: [Decision],
        known: KnownEntries = KnownEntries(),
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if decisions.isEmpty { return document }
        let begun = document.begun(run, with: "documents/decisions.md", templates)
        let outline = Outline(begun)
        let markers =
            outline.entries.map(\.marker).filter { $0.kind == .decision && $0.tells(of: run) }
            + known.markers(.decision, for: run, in: document)
        let taken = Set(markers.flatMap { marker in marker.checks.map { "\(marker.decision ?? "") \($0)" } })
        let new = decisions.filter { !taken.contains("\($0.kind) \($0.check)") }
        guard let first = new.first else { return document }
        let habit = EntryHabit(
            outline,
            sections: SectionNames.decisions,
            isDated: true,
            today: CalendarDate(run.startedAt)
        )
        var marker = EntryMarker(run, kind: .decision)
        marker.check = new.map(\.check).joined(separator: ",")
        marker.decision = first.kind
        let view = DecisionView(context: EntryContext(run, links, habit, document), decisions: new)
        let body = templates.render(view, with: "documents/decision-entry.md")
        let entry = try EntryText(marker, body: body, form: habit.form)
        var edits = [outline.insertion(of: [entry], at: habit.place)]
        edits += LastUpdated.edits(outline, habit, to: run.startedAt)
        return begun.applying(edits)
    }
}
