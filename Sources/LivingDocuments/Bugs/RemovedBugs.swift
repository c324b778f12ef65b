package import AuditModel

extension KnownEntries {
    /// What the newest entry of a bug said, which is not in the document any more.
    ///
    /// - Parameter entries: those that are there, also with one comment only.
    func removedBug(_ check: String, _ entries: [Entry], for run: Run, in document: Document) -> EntryMarker? {
        let isOwn = { (marker: EntryMarker) in
            marker.kind == .bug && marker.check == check && marker.goesOn == nil && marker.tells(of: run)
        }
        if entries.contains(where: { isOwn($0.marker) }) { return nil }
        return markers(.bug, for: run, in: document).filter { isOwn($0) && $0.run < run.id }.max { $0.run < $1.run }
    }

    /// The entries of open bugs that a person removed: those of which is yet to be told, and those whose bug a run found
    /// resolved, as they would be then.
    package func removedBugs(from document: Document, for run: Run) -> (told: [RemovedEntry], ended: [RemovedEntry]) {
        guard markers.contains(where: { $0.kind == .bug }) else { return ([], []) }
        let outline = Outline(document)
        let findings = Finding.all(run).filter(\.isMeasured)
        let entries = outline.entries + outline.halfBugs(run, checks: findings.map(\.id))
        var removed: (told: [RemovedEntry], ended: [RemovedEntry]) = ([], [])
        for finding in findings {
            guard var marker = removedBug(finding.id, entries, for: run, in: document) else { continue }
            let history = BugHistory(marker.history ?? "")
            guard history.isOpen else { continue }
            let next = history.after(finding, in: run)
            if next.isOpen {
                if !told.contains(marker.text) { removed.told.append(RemovedEntry(marker: marker)) }
            } else {
                marker.run = run.id
                marker.history = next.text
                removed.ended.append(RemovedEntry(marker: marker))
            }
        }
        return removed
    }
}
