package import AuditModel
package import Templating

/// A document with one entry for each check that fails, which follows its bug until it is resolved, and after.
package enum BugsDocument {
    /// The document with the entries of the run's checks opened, brought up to date or resolved.
    ///
    /// A check that was not measured changes nothing, and neither does a run older than an entry.
    package static func updating(
        _ document: Document,
        with run: Run,
        when: ProgressDocument.When = .changed,
        templates: Templates,
        links: RunLinks?
    ) throws(DocumentError) -> Document {
        if when == .never { return document }
        let begun = document.begun(run, with: "documents/bugs.md", templates)
        let outline = Outline(begun)
        let habit = EntryHabit(outline, sections: SectionNames.bugs, isDated: false, today: CalendarDate(run.startedAt))
        var opened: [(place: EntryHabit.Place, text: EntryText)] = []
        var edits: [Edit] = []
        var moved: [Range<Int>] = []
        for finding in Finding.all(run) where finding.isMeasured {
            let entries = outline.entries.filter {
                $0.marker.kind == .bug && $0.marker.tells(of: run) && $0.marker.check == finding.id
            }
            // What somebody has changed is theirs, and stays; the bug goes on in an entry of its own.
            let entry = entries.first(where: \.isUntouched)
            let taken = entries.filter { !$0.isUntouched }.max { $0.marker.run < $1.marker.run }
            if let known = (entry ?? taken)?.marker, known.run >= run.id { continue }
            let history = (entry ?? taken)?.marker.history.map { BugHistory($0) } ?? BugHistory()
            let next = history.after(finding, in: run.id)
            // Warnings are followed when they once were errors, but open no bug.
            if history.events.isEmpty, next.events.isEmpty || finding.severity < .error { continue }
            let state = state(finding)
            let isNews = next != history || (entry ?? taken)?.marker.state != state
            // A resolved bug stays as its evidence left it.
            let isSettled = history.last == .resolved && next.last == .resolved && finding.before == 0
            if isSettled || !isNews && (when == .changed || entry == nil) { continue }

            var marker = EntryMarker(run, kind: .bug)
            marker.check = finding.id
            marker.state = state
            marker.history = next.text
            let place = habit.place(for: next.status.state)
            let view = BugView(
                context: EntryContext(
                    run,
                    links,
                    habit,
                    document,
                    date: next.events.first.map { CalendarDate($0.run) },
                    status: next.status
                ),
                finding: finding,
                history: next,
                previous: (entry ?? taken)?.marker.state.flatMap(left),
                prose: CheckProse(finding.documentation),
                users: UserRows(run.users, check: finding.id)
            )
            let body = templates.render(view, with: "documents/bug-entry.md")
            let text = try EntryText(marker, body: body, form: place.form)
            if let entry, !habit.isAstray(entry, as: next.status.state) {
                edits.append(outline.replacement(of: entry, with: text))
                continue
            }
            // It moves to the section of those that stand like it.
            if let entry { moved.append(outline.whole(entry)) }
            opened.append((place, text))
        }
        if opened.isEmpty, edits.isEmpty { return document }
        edits += moved.map { Edit(range: $0, bytes: []) }
        for place in opened.map(\.place).removingRepeats {
            let texts = opened.filter { $0.place == place }.map(\.text)
            let taken = moved.first { $0.lowerBound < place.offset && place.offset <= $0.upperBound }
            edits.append(outline.insertion(of: texts, at: taken?.lowerBound ?? place.offset))
        }
        edits += LastUpdated.edits(outline, habit, to: run.startedAt)
        return begun.applying(edits)
    }

    /// What was left, as a state tells it.
    private static func left(_ state: String) -> Int? {
        state.split(separator: "/", omittingEmptySubsequences: false).dropLast().last.flatMap { Int($0) }
    }

    /// What an entry tells in figures; a run that repairs nothing of a bug already known tells only what is left.
    private static func state(_ finding: Finding) -> String {
        "\(finding.repaired ?? 0 > 0 ? "\(finding.before)/\(finding.repaired ?? 0)/" : "")\(finding.after)"
            + "/\(finding.usersAfter.map(String.init) ?? "")"
    }
}

extension [EntryHabit.Place] {
    /// Each place once.
    fileprivate var removingRepeats: [EntryHabit.Place] {
        reduce(into: []) { places, place in
            if !places.contains(place) { places.append(place) }
        }
    }
}
