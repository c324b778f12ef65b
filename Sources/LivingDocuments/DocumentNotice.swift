import CommonMark

extension DocumentChange {
    /// What the document says that its new entries made untrue, each behind its path and without a full stop.
    package var notices: [String] {
        guard isChange, let old, let before = try? Document(bytes: old), let after = try? Document(bytes: new) else {
            return []
        }
        let outline = Outline(after)
        let known = Outline(before).entries.map(\.marker)
        let texts = Set(known.map(\.text))
        let added = outline.entries.filter { $0.marker.kind != .evidence && !texts.contains($0.marker.text) }
        // An entry that was brought up to date was told of when it came.
        let new = added.filter { entry in !known.contains { $0.isOlder(of: entry.marker) } }
        let told =
            [Self.contents(outline, new), lost].compactMap(\.self) + left(texts, outline) + stranded(known, outline)
        return [Self.emptiness(outline, added).map { "\(path):\($0)" }].compactMap(\.self)
            + told.map { "\(path): \($0)" }
    }

    /// Resolved bugs that stay among open ones, or the other way round, since a person's words stand in their entries.
    private func stranded(_ known: [EntryMarker], _ outline: Outline) -> [String] {
        let habit = EntryHabit(outline, sections: SectionNames.bugs, isDated: false)
        return outline.entries.compactMap { entry in
            guard entry.marker.kind == .bug, entry.marker.goesOn == nil, !entry.isUntouched,
                let older = known.last(where: { $0.isOlder(of: entry.marker) && $0.goesOn == nil })
            else { return nil }
            let (old, new) = (older.status, entry.marker.status)
            guard old.state != new.state, habit.isAstray(entry, as: new.state) else { return nil }
            let line = outline.document.line(at: entry.range.lowerBound)
            return "the entry of `\(entry.marker.check ?? "")` in line \(line) holds words of a person and stays where "
                + "it is, though its bug is \(new.word.lowercased()): move it by hand"
        }
    }

    /// Hard links in other folders are cut when a file is replaced.
    private var lost: String? {
        guard lostNames > 0 else { return nil }
        let names = lostNames == 1 ? "another name (a hard link)" : "\(lostNames) other names (hard links)"
        return
            "the file has \(names) outside the documents' folders, which \(lostNames == 1 ? "keeps" : "keep") the old text"
    }

    /// Entries that are not kept any more, and statuses that a person has set.
    private func left(_ known: Set<String>, _ outline: Outline) -> [String] {
        outline.entries.compactMap { entry in
            guard entry.marker.kind == .bug, !known.contains(entry.marker.text) else { return nil }
            let place =
                "the entry of `\(entry.marker.check ?? "")` in line \(outline.document.line(at: entry.range.lowerBound))"
            if entry.marker.goesOn != nil {
                return
                    "\(place) was copied or changed by hand where assay keeps it; it stays, and the bug goes on in another entry"
            }
            guard let hand = entry.marker.hand, !hand.hasSuffix(BugStatus.resolved.word),
                !known.contains(where: { $0.contains("hand=\(hand) ") })
            else { return nil }
            return "\(place) has a status that was set by hand; assay leaves it, and goes on updating the figures"
        }
    }

    /// A table of contents lists headings of the same level as the new ones, but not these.
    private static func contents(_ outline: Outline, _ added: [Entry]) -> String? {
        let lists = outline.blocks.indices.filter { index in
            outline.entry(at: outline.blocks[index].start) == nil
                && Navigation.isOnlyLinks(outline.root.children[index])
        }
        let anchors = Set(lists.flatMap { Navigation.anchors(in: outline.root.children[$0]) })
        let headings = outline.headings
        let listed = headings.filter { anchors.contains(Navigation.anchor(of: $0.heading.text)) }
        let own = headings.filter { index, heading in
            added.contains { $0.range.contains(outline.blocks[index].start) }
                && listed.contains { $0.heading.level == heading.level }
                && !anchors.contains(Navigation.anchor(of: heading.text))
        }
        guard let first = lists.first, listed.count > 1, !own.isEmpty else { return nil }
        let line = outline.document.line(at: outline.blocks[first].start)
        return
            "its table of contents (line \(line)) does not list \(own.count == 1 ? "the new entry" : "\(own.count) new entries")"
    }

    /// A line such as `*No active bugs.*` stands in the section of a new entry.
    private static func emptiness(_ outline: Outline, _ added: [Entry]) -> String? {
        for entry in added where entry.marker.isOpenBug {
            guard
                let heading = outline.headings.last(where: {
                    outline.blocks[$0.index].start < entry.range.lowerBound
                        && outline.entry(at: outline.blocks[$0.index].start) == nil
                })
            else { continue }
            let next = outline.headings.first {
                $0.index > heading.index && outline.entry(at: outline.blocks[$0.index].start) == nil
            }
            let end = next.map(\.index) ?? outline.blocks.count
            for index in (heading.index + 1)..<end {
                guard outline.blocks[index].kind == .text, outline.entry(at: outline.blocks[index].start) == nil else {
                    continue
                }
                let text = outline.root.children[index].plainText
                let words = SectionNames.words(text)
                guard words.hasPrefix("no ") || words.hasPrefix("none"), words.utf8.count < 60 else { continue }
                let line = outline.document.line(at: outline.blocks[index].start)
                let limit = next.map { outline.blocks[$0.index].start } ?? outline.document.bytes.count
                let count = outline.entries.count {
                    $0.marker.isOpenBug && $0.range.lowerBound > outline.blocks[heading.index].start
                        && $0.range.lowerBound < limit
                }
                return "\(line) still says \"\(text.shortened(to: 60))\", but "
                    + "\(count == 1 ? "1 bug is" : "\(count) bugs are") open: change it by hand"
            }
        }
        return nil
    }
}

extension EntryMarker {
    fileprivate var status: BugStatus { BugHistory(history ?? "").status }

    /// Of a bug that goes on in this entry, and is not resolved.
    fileprivate var isOpenBug: Bool { kind == .bug && goesOn == nil && BugHistory(history ?? "").isOpen }

    /// It marked the same bug before.
    fileprivate func isOlder(of other: EntryMarker) -> Bool {
        kind == .bug && other.kind == .bug && check == other.check && suite == other.suite && database == other.database
            && cluster == other.cluster
    }
}

extension Navigation {
    /// The anchor that GitHub gives a heading.
    static func anchor(of heading: String) -> String {
        var anchor = ""
        for scalar in heading.lowercased().unicodeScalars {
            if scalar == " " {
                anchor += "-"
            } else if scalar.isWordScalar || scalar == "-" || scalar == "_" {
                anchor.unicodeScalars.append(scalar)
            }
        }
        return anchor
    }
}
