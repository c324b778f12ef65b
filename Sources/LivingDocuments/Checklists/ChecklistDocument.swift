package import AuditModel
import CommonMark

/// A document with task lists, of which some tasks are bound to checks by `<!-- assay:check ID -->`.
package enum ChecklistDocument {
    /// The document with its bound boxes ticked where the check is clear and unticked where it is not.
    ///
    /// A check that was not measured leaves its box alone.
    ///
    /// - Parameter known: which boxes people had ticked with `X`.
    package static func updating(_ document: Document, with run: Run, known: KnownEntries = KnownEntries()) -> Document
    {
        let outline = Outline(document)
        let items = TaskItem.all(outline)
        let verdicts = verdicts(run)
        // The letter that the document itself ticks with.
        let capitals = items.count { document.bytes[$0.box] == UInt8(ascii: "X") }
        let tick = UInt8(ascii: capitals * 2 > items.count(where: \.isTicked) ? "X" : "x")
        var edits: [Edit] = []
        var tasks: [(place: Int, isDone: Bool)] = []
        for item in items {
            let isDone = item.verdict(verdicts) ?? item.isTicked
            tasks.append((item.box, isDone))
            if isDone != item.isTicked {
                let own = known.capitals.contains(item.key) ? UInt8(ascii: "X") : tick
                edits.append(Edit(range: item.box..<(item.box + 1), bytes: [isDone ? own : UInt8(ascii: " ")]))
            }
        }
        edits += ChecklistFigures(outline, tasks: tasks).edits
        guard !edits.isEmpty else { return document }
        let first = outline.headings.first { $0.index != outline.title?.index }
        let place = first.map { outline.blocks[$0.index].start } ?? document.bytes.count
        if let edit = LastUpdated.edit(outline, above: place, to: CalendarDate(run.startedAt)) { edits.append(edit) }
        return document.applying(edits)
    }

    /// The bound boxes of a document, and what a run makes of them.
    package static func boxes(in document: Document, run: Run?) -> [BoundBox] {
        let outline = Outline(document)
        let verdicts = run.map(verdicts) ?? [:]
        let lines = LineIndex(document.bytes)
        let known = run.map { run in
            Set(run.checks.map(\.id) + run.statistics.map(\.id) + run.coverage.notMeasured.map(\.id))
        }
        return TaskItem.all(outline).compactMap { item in
            guard !item.checks.isEmpty else { return nil }
            return BoundBox(
                line: lines.line(at: item.box),
                text: item.text,
                checks: item.checks,
                isTicked: item.isTicked,
                unknown: known.map { known in item.checks.filter { !known.contains($0) } } ?? [],
                shouldBeTicked: item.verdict(verdicts)
            )
        }
    }

    /// What is bound in a document and left alone: figures that are not clear, sections without tasks, and comments in
    /// the middle of a task.
    package static func remarks(on document: Document) -> [ChecklistRemark] {
        let outline = Outline(document)
        let items = TaskItem.all(outline)
        let strays = items.filter(\.hasStray).map { item in
            ChecklistRemark(
                line: document.line(at: item.box),
                text: "names a check in the middle of a task, which binds nothing; put the comment at its end"
            )
        }
        let figures = ChecklistFigures(outline, tasks: items.map { ($0.box, $0.isTicked) }).remarks
        return (strays + figures).sorted { $0.line < $1.line }
    }

    /// By check, whether it is clear; without those that were not measured.
    private static func verdicts(_ run: Run) -> [String: Bool] {
        // A run that looked at a part ticks no box.
        guard run.selection.isEverything else { return [:] }
        let gaps = Set(run.coverage.notMeasured.map(\.id))
        let all = run.checks.map { ($0.id, $0.status) } + run.statistics.map { ($0.id, $0.status) }
        var verdicts: [String: Bool] = [:]
        for (id, status) in all {
            switch status {
            case .clear, .repaired: if !gaps.contains(id) { verdicts[id] = true }
            case .failing, .warning, .info, .refused, .rolledBack: verdicts[id] = false
            case .error, .skipped: break
            }
        }
        return verdicts
    }
}

extension TaskItem {
    /// Whether the task is done: when all of its checks are clear, and not when one is violated.
    fileprivate func verdict(_ verdicts: [String: Bool]) -> Bool? {
        guard !checks.isEmpty else { return nil }
        let own = checks.map { verdicts[$0] }
        if own.contains(false) { return false }
        return own.contains(nil) ? nil : true
    }
}

extension DocumentChange {
    /// The tasks whose boxes a change unticked, each with the document's path and its line.
    package var unticked: [String] {
        guard let after = try? Document(bytes: new) else { return [] }
        return untickedBoxes.map { item in
            "\(path):\(after.line(at: item.box)): \(item.text.shortened(to: 200)) (\(item.checks.joined(separator: ", ")))"
        }
    }

    /// The tasks that a change unticked: where they are now, and how they were ticked.
    var untickedBoxes: [TaskItem] {
        guard let old, let before = try? Document(bytes: old), let after = try? Document(bytes: new) else { return [] }
        let (was, now) = (TaskItem.all(Outline(before)), TaskItem.all(Outline(after)))
        // Entries hold no tasks, so that those of people stay in their order.
        guard was.count == now.count else { return [] }
        return zip(was, now).filter { $0.isTicked && !$1.isTicked }.map { was, now in
            var item = was
            item.box = now.box
            return item
        }
    }
}
