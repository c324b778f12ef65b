import AuditModel
import Templating

/// What a run makes of a document of bugs, finding by finding.
struct BugsUpdate {
    private let document: Document
    private let run: Run
    private let when: ProgressDocument.When
    private let known: KnownEntries
    private let templates: Templates
    private let links: RunLinks?
    private let hasEmoji: Bool
    private let outline: Outline
    private let habit: EntryHabit
    /// Of all bugs, also those of which a comment is gone.
    private let entries: [Entry]

    private var opened: [(place: EntryHabit.Place, text: EntryText)] = []
    private var edits: [Edit] = []
    /// Entries that go to another place.
    private var moved: [Range<Int>] = []
    /// Entries that are edited; nothing is inserted in them.
    private var taken: [Range<Int>] = []

    init(
        _ document: Document,
        _ run: Run,
        when: ProgressDocument.When,
        known: KnownEntries,
        templates: Templates,
        links: RunLinks?,
        hasEmoji: Bool
    ) {
        self.document = document
        self.run = run
        self.when = when
        self.known = known
        self.templates = templates
        self.links = links
        self.hasEmoji = hasEmoji
        outline = Outline(document)
        habit = EntryHabit(outline, sections: SectionNames.bugs, isDated: false, today: CalendarDate(run.startedAt))
        let checks = run.checks.map(\.id) + run.statistics.map(\.id)
        entries = outline.entries + outline.halfBugs(run, checks: checks)
    }

    /// Nil when there is nothing to tell.
    var result: Document? {
        if opened.isEmpty, edits.isEmpty { return nil }
        var all = edits + moved.map { Edit(range: $0, bytes: []) }
        var offsets: [Int] = []
        for offset in opened.map(\.place.offset) where !offsets.contains(offset) { offsets.append(offset) }
        for offset in offsets {
            let texts = opened.filter { $0.place.offset == offset }.map(\.text)
            let gone = moved.first { $0.lowerBound < offset && offset <= $0.upperBound }
            let edited = taken.first { $0.lowerBound < offset && offset < $0.upperBound }
            all.append(outline.insertion(of: texts, at: gone?.lowerBound ?? edited?.lowerBound ?? offset))
        }
        all += LastUpdated.edits(outline, habit, to: run.startedAt)
        return document.applying(all)
    }

    mutating func add(_ finding: Finding) throws(DocumentError) {
        let kept = KeptEntries(entries, of: finding.id, for: run)
        let entry = kept.current
        if let entry, entry.marker.run >= run.id { return }
        for other in kept.others { close(other) }

        let removed = known.removedBug(finding.id, entries, for: run, in: document)
        let history = BugHistory((entry?.marker ?? removed)?.history ?? "")
        // Whoever removed the entry of an open bug does not want it.
        if removed != nil, history.isOpen { return }
        let next = history.after(finding, in: run)
        // Warnings are followed when they once were errors, but open no bug.
        if history.events.isEmpty, next.events.isEmpty || finding.severity < .error { return }
        let isNews = next != history || State(entry?.marker.state) != State(finding)
        // A resolved bug stays as its evidence left it.
        let isSettled = !history.events.isEmpty && !history.isOpen && !next.isOpen && finding.before == 0
        let isTold = !isSettled && (isNews || when == .always && entry != nil)

        guard let entry else {
            if !isSettled { try open(finding, next, previous: nil) }
            return
        }
        if entry.isUntouched {
            guard isTold else { return }
            return try replace(entry, finding, next)
        }
        let text = try text(finding, next, from: entry, at: entry)
        switch merge(entry, text, from: history.status, to: next.status) {
        case .merged(let edits, let hand) where isTold:
            var marker = text.marker
            marker.hand = hand
            change(entry, EntryEdits(entry: entry, document: document).changing(marker, edits))
        case .merged(_, let hand?) where hand != entry.marker.hand:
            // Told once, not every night.
            var marker = entry.marker
            marker.hand = hand
            change(entry, EntryEdits(entry: entry, document: document).changing(marker))
        case .conflict where isTold:
            close(entry)
            try open(finding, next, previous: State(entry.marker.state).left)
        case .merged, .conflict: break
        }
    }

    private mutating func open(_ finding: Finding, _ history: BugHistory, previous: Int?) throws(DocumentError) {
        let text = try text(finding, history, previous: previous, form: nil)
        opened.append((habit.place(for: history.status.state), text))
    }

    private mutating func replace(_ entry: Entry, _ finding: Finding, _ history: BugHistory) throws(DocumentError) {
        guard entry.isClosed, habit.isAstray(entry, as: history.status.state) else {
            return change(
                entry,
                [outline.replacement(of: entry, with: try text(finding, history, from: entry, at: entry))]
            )
        }
        // It moves to the section of those that stand like it.
        moved.append(outline.whole(entry))
        opened.append((habit.place(for: history.status.state), try text(finding, history, from: entry, at: nil)))
    }

    private mutating func close(_ entry: Entry) {
        change(entry, EntryEdits(entry: entry, document: document).closing(in: run))
    }

    private mutating func change(_ entry: Entry, _ edits: [Edit]) {
        self.edits += edits
        taken.append(entry.range)
    }

    private func merge(_ entry: Entry, _ text: EntryText, from old: BugStatus, to new: BugStatus) -> EntryMerge.Result {
        if entry.marker.parts.isEmpty { return .conflict("") }
        return EntryMerge(
            text: entry.text,
            written: entry.marker.parts,
            newText: Array(text.body.utf8),
            newMarks: text.marker.parts,
            newline: document.newline,
            old: old,
            new: new,
            hasEmoji: hasEmoji
        )
        .result()
    }

    /// - Parameter place: the entry in whose place the text goes, and whose level it keeps.
    private func text(_ finding: Finding, _ history: BugHistory, from entry: Entry, at place: Entry?)
        throws(DocumentError)
        -> EntryText
    {
        var form = habit.place(for: history.status.state).form
        if let place, let own = outline.headings.first(where: { place.range.contains(outline.blocks[$0.index].start) })
        {
            form.level = own.heading.level
            // A status in the heading would contradict the one that a person has set below it.
            if hasStatusByHand(place), StatusForm([own.heading.source]) == nil { form.status = nil }
        }
        return try text(finding, history, previous: State(entry.marker.state).left, form: form)
    }

    private func hasStatusByHand(_ entry: Entry) -> Bool {
        guard let written = entry.marker.parts.first(where: { $0.role == "status" }) else { return false }
        return !EntryPart.all(in: entry.text).contains { $0.digest == written.digest }
    }

    private func text(_ finding: Finding, _ history: BugHistory, previous: Int?, form: EntryForm?) throws(DocumentError)
        -> EntryText
    {
        var context = EntryContext(
            run,
            links,
            habit,
            document,
            date: history.events.first.map { CalendarDate($0.run) },
            status: history.status
        )
        context.hasEmoji = hasEmoji
        if let form { context.form = form }
        let prose = CheckProse(finding.documentation)
        let view = BugView(
            context: context,
            finding: finding,
            history: history,
            previous: previous,
            prose: prose,
            users: UserRows(run.users, check: finding.id)
        )
        var marker = EntryMarker(run, kind: .bug)
        marker.check = finding.id
        marker.state = State(finding).text
        marker.history = history.text
        var text = try EntryText(
            marker,
            body: templates.render(view, with: "documents/bug-entry.md"),
            form: context.form
        )
        text.marker.parts = PartMark.of(
            EntryPart.all(in: Array(text.body.utf8)),
            status: history.status.text(hasEmoji),
            prose: [prose.symptom, prose.cause, prose.byHand].compactMap { $0.map { SaidText.words($0.utf8) } }
        )
        return text
    }
}

/// What an entry tells in figures, as its comment keeps it.
private struct State: Equatable {
    let text: String

    init(_ text: String?) { self.text = text ?? "" }

    init(_ finding: Finding) {
        let repaired = finding.repaired ?? 0
        let users = finding.usersAfter.map(String.init) ?? ""
        text = (repaired > 0 ? "\(finding.before)/\(repaired)/" : "") + "\(finding.after)/\(users)"
    }

    private var parts: [Substring] { text.split(separator: "/", omittingEmptySubsequences: false) }

    /// What was left.
    var left: Int? { parts.dropLast().last.flatMap { Int($0) } }

    /// A run that repairs nothing of a bug already known tells only what is left.
    static func == (a: State, b: State) -> Bool { a.left == b.left && a.parts.last == b.parts.last }
}
