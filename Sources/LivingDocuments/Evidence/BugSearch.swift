import CommonMark

/// Finds the entry that a person means.
struct BugSearch {
    enum Result {
        /// The position of the entry's heading in the outline's blocks.
        case found(Int)
        case ambiguous(BugCandidates)
        case missing(BugCandidates)
    }

    let outline: Outline

    init(_ outline: Outline) {
        self.outline = outline
    }

    func find(_ query: String) -> Result {
        let wanted = Self.forms(query)
        let headings = outline.bugHeadings
        let texts = headings.map {
            Set([$0.heading.text.lowercased(), HeadingHTML.withoutComments($0.heading.source).lowercased()])
        }
        let names = headings.map { Set(markers(of: $0.index).map { $0.lowercased() }) }
        let ids = headings.map { self.ids(below: $0.index) }
        // What matches best decides alone.
        let ways: [(Int, String) -> Bool] = [
            { texts[$0].contains($1) },
            { names[$0].contains($1) },
            { position, form in
                BugID.first(in: headings[position].heading.text) == form
                    && texts[position].contains { BugID.occurs(form, in: $0, asWords: true) }
            },
            { ids[$0].contains($1) },
            { position, form in texts[position].contains { BugID.occurs(form, in: $0, asWords: true) } },
            { position, form in texts[position].contains { BugID.occurs(form, in: $0, asWords: false) } },
        ]
        for matches in ways {
            let found = headings.indices.filter { position in wanted.contains { matches(position, $0) } }
            if found.count == 1, let one = found.first { return .found(headings[one].index) }
            if found.count > 1 { return .ambiguous(BugCandidates(found.map { headings[$0] }, in: outline)) }
        }
        let hint = BugHint.of(query, in: outline, among: headings.map(\.heading))
        return .missing(BugCandidates(headings, in: outline, hint: hint))
    }

    /// The query as it was typed, and without the markup of a heading that it was copied from.
    private static func forms(_ query: String) -> [String] {
        let typed = query.trimmingBlanks
        let marks = typed.prefix { $0 == "#" }
        let behind = typed.dropFirst(marks.count)
        // `#12` is a name.
        let source = (1...6).contains(marks.count) && behind.first == " " ? String(behind).trimmingBlanks : typed
        let number = !source.isEmpty && source.allSatisfy(\.isNumber) ? ["#" + source] : []
        let plain = MarkdownDocument("# " + source).root.children.first?.plainText ?? ""
        return ([typed, source, plain] + number).map { $0.trimmingBlanks.lowercased() }.filter { !$0.isEmpty }
    }

    /// What a line such as `**Bug ID:** BUG-7` gives, or a row `| ID | BUG-7 |`, in the entry's own text.
    private func ids(below index: Int) -> Set<String> {
        var ids: Set<String> = []
        for next in (index + 1)..<max(index + 1, outline.blocks.count) {
            if case .heading = outline.blocks[next].kind { break }
            if outline.entry(at: outline.blocks[next].start) != nil { continue }
            for (label, value) in fields(ofBlock: next) where BugID.isLabel(label) {
                let id = value.drop { " *_`[(".contains($0) }.prefix { !" *_`])|·•,;".contains($0) }
                if !id.isEmpty { ids.insert(id.lowercased()) }
            }
        }
        return ids
    }

    /// Labels in lower case with what stands behind them, in lines and in tables of two columns.
    private func fields(ofBlock index: Int) -> [(label: String, value: Substring)] {
        let node = outline.root.children[index]
        if case .table = node.kind {
            return node.children.compactMap { row in
                guard row.children.count == 2 else { return nil }
                return (SectionNames.words(row.children[0].plainText), row.children[1].plainText[...])
            }
        }
        return outline.textLines(ofBlock: index).flatMap { $0.split { "|·•".contains($0) } }.compactMap { part in
            guard let label = LabelledLine(String(part))?.label,
                let colon = part.firstIndex(where: { $0 == ":" || $0 == "：" })
            else { return nil }
            return (label, part[part.index(after: colon)...])
        }
    }

    /// The check of assay's own entry, or the names that comments give: in the heading, directly above it, or below it
    /// where no other heading follows.
    func markers(of index: Int) -> [String] {
        let start = outline.blocks[index].start
        if let entry = outline.entries.first(where: { $0.range.contains(start) }) {
            return entry.marker.goesOn == nil ? entry.marker.check.map { [$0] } ?? [] : []
        }
        var names: [String] = []
        outline.root.children[index].walk { node in
            if case .html(let html) = node.kind { names += HeadingHTML.names(in: html) }
        }
        for above in (0..<index).reversed() {
            guard let html = outline.html(above), HeadingHTML.belongsBelow(html) else { break }
            names += HeadingHTML.names(in: html)
        }
        var below: [String] = []
        var isDirect = true
        for next in (index + 1)..<outline.blocks.count {
            if case .heading = outline.blocks[next].kind { return names }
            guard let html = outline.html(next), HeadingHTML.belongsBelow(html) else { break }
            isDirect = isDirect && HeadingHTML.isInvisible(html)
            if isDirect { below += HeadingHTML.names(in: html) }
        }
        return names + below
    }
}
