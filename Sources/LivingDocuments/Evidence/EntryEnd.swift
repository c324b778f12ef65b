extension Outline {
    /// Where the entry of a heading ends: at the next heading that is no deeper, or that is an entry itself though it is
    /// deeper, as older entries of an archive are.
    func entryEnd(of index: Int) -> Int {
        let end = sectionEnd(of: index)
        guard case .heading(let own) = blocks[index].kind else { return end }
        let inner = headings.first { other, heading in
            other > index && blocks[other].start < end && isEntry(heading, at: other, behind: own, at: index)
        }
        return inner.map { min(end, place(of: blocks[$0.index].start)) } ?? end
    }

    private func isEntry(_ heading: Heading, at index: Int, behind own: Heading, at ownIndex: Int) -> Bool {
        if BugID.areSiblings(own.text, heading.text) || EntrySigns.hasID(heading.text) { return true }
        let dates = DateSearch([own.source, heading.source], today: nil)
        if let found = DatedHeading(heading, dates), found.position != .middle, DatedHeading(own, dates) != nil {
            return true
        }
        // `### Status: OPEN` and `### ✅ Solution` are parts of an entry.
        let isPart = SectionNames.isPreamble(heading.text) || heading.text.lowercased().hasPrefix("status")
        if isPart { return false }
        if StatusForm([heading.source]) != nil { return true }
        // Signs alone tell a status, or a kind of part; a line above tells which.
        return hasRule(above: index) && (hasRule(above: ownIndex) || EntrySigns.status(heading.text) != nil)
    }

    private func hasRule(above index: Int) -> Bool {
        let start = start(ofHeading: index)
        return start > 0 && blocks[start - 1].kind == .thematicBreak
    }
}
