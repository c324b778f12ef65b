package import AuditModel
import CommonMark

/// A document with task lists, of which some tasks are bound to checks by `<!-- assay:check ID -->`.
package enum ChecklistDocument {
    /// The document with its bound boxes ticked where the check is clear and unticked where it is not.
    ///
    /// A check that was not measured leaves its box alone.
    package static func updating(_ document: Document, with run: Run) -> Document {
        let outline = Outline(document)
        let items = TaskItem.all(outline)
        let verdicts = verdicts(run)
        // The letter that the document itself ticks with.
        let capitals = items.count { document.bytes[$0.box] == UInt8(ascii: "X") }
        let tick = UInt8(ascii: capitals * 2 > items.count(where: \.isTicked) ? "X" : "x")
        var edits: [Edit] = []
        var tasks: [(place: Int, isDone: Bool)] = []
        for item in items {
            let isDone = item.check.flatMap { verdicts[$0] } ?? item.isTicked
            tasks.append((item.box, isDone))
            if isDone != item.isTicked {
                edits.append(Edit(range: item.box..<(item.box + 1), bytes: [isDone ? tick : UInt8(ascii: " ")]))
            }
        }
        edits += ProgressFigures(outline: outline, tasks: tasks).edits
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
        return TaskItem.all(outline).compactMap { item in
            guard let check = item.check else { return nil }
            return BoundBox(
                line: lines.line(at: item.box),
                text: item.text,
                check: check,
                isTicked: item.isTicked,
                shouldBeTicked: verdicts[check]
            )
        }
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
