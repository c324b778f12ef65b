package import AuditModel
package import Templating

/// A document with one entry for each decision, written once.
package enum DecisionsDocument {
    /// The document with entries for the decisions that are not yet in it.
    package static func updating(
        _ document: Document,
        with run: Run,
        decisions: [Decision],
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if decisions.isEmpty { return document }
        let begun = document.begun(run, with: "documents/decisions.md", templates)
        let outline = Outline(begun)
        let known = Set(
            outline.entries.filter { $0.marker.kind == .decision && $0.marker.tells(of: run) }
                .map { "\($0.marker.decision ?? "") \($0.marker.check ?? "")" }
        )
        let habit = EntryHabit(
            outline,
            sections: SectionNames.decisions,
            isDated: true,
            today: CalendarDate(run.startedAt)
        )
        var entries: [EntryText] = []
        for decision in decisions where !known.contains("\(decision.kind) \(decision.check)") {
            var marker = EntryMarker(run, kind: .decision)
            marker.check = decision.check
            marker.decision = decision.kind
            let view = DecisionView(
                context: EntryContext(run, links, habit, document),
                decision: decision,
                prose: CheckProse(decision.documentation)
            )
            let body = templates.render(view, with: "documents/decision-entry.md")
            entries.append(try EntryText(marker, body: body, form: habit.form))
        }
        if entries.isEmpty { return document }
        var edits = [outline.insertion(of: entries, at: habit.place)]
        edits += LastUpdated.edits(outline, habit, to: run.startedAt)
        return begun.applying(edits)
    }
}
