/// Brings the parts of an entry up to date that assay wrote, and leaves those that a person changed or added.
struct EntryMerge {
    enum Result {
        /// The edits of the entry's text, with the status that a person has set, if any.
        case merged(edits: [Edit], hand: String?)
        /// A part that assay has to change was changed by a person; how it begins.
        case conflict(String)
    }

    /// The entry's text, and its parts as they were written.
    let text: [UInt8]
    let written: [PartMark]
    /// The entry's new text, with its parts.
    let newText: [UInt8]
    let newMarks: [PartMark]
    let newline: Newline
    /// The status as it was told, and as it is now.
    let old: BugStatus
    let new: BugStatus
    let hasEmoji: Bool

    func result() -> Result {
        let parts = EntryPart.all(in: text)
        let newParts = EntryPart.all(in: newText)
        let owned = Ownership(text, parts, written)
        var edits: [Edit] = []
        var hand: String?
        var lost: Set<String> = []
        for mark in written where owned.own[mark.role] == nil {
            lost.insert(mark.role)
            guard let part = owned.people.first(where: { $0.role == mark.role }) else { continue }
            let next = newParts.first { $0.role == mark.role }
            let said = next?.said ?? ""
            let isTitle = mark.role == "title"
            if isTitle ? hasMark(said) : said.contains(new.text(hasEmoji)) {
                let told = SaidText.digest(said.replacing(new.text(hasEmoji), with: old.text(hasEmoji)), length: 8)
                guard isTitle || told == mark.digest else { return .conflict(part.start) }
                switch StatusLine.changing(text[part.range], isTitle: isTitle, from: old, to: new) {
                case .edits(let more): edits += more
                case .byHand: hand = "\(part.digest)/\(new.word)"
                }
            } else if !isTitle, !mark.isProse, newMarks.first(where: { $0.role == mark.role })?.isProse != true,
                next?.digest != mark.digest
            {
                return .conflict(part.start)
            }
        }
        edits += own(owned, newParts) + added(owned, newParts, lost, parts)
        guard isSound(edits, owned, newParts, lost) else { return .conflict(owned.people.first?.start ?? "") }
        return .merged(edits: edits, hand: hand)
    }

    private func hasMark(_ title: String) -> Bool { StatusForm.mark(Array(title.utf8)[...]) != nil }

    /// The edits of the parts that are as assay wrote them.
    private func own(_ owned: Ownership, _ newParts: [EntryPart]) -> [Edit] {
        written.compactMap { mark in
            guard let part = owned.own[mark.role] else { return nil }
            guard let next = newParts.first(where: { $0.role == mark.role }) else {
                // The empty lines before it go with it.
                let start = text[..<part.range.lowerBound].lastIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
                return Edit(range: (start.map { $0 + 1 } ?? part.range.lowerBound)..<part.range.upperBound, bytes: [])
            }
            if next.digest == mark.digest { return nil }
            let prefix = text[part.range.lowerBound...].prefix(part.indent)
            return Edit(range: part.range, bytes: lines(of: next, behind: prefix))
        }
    }

    /// The edits that add what the entry did not have.
    private func added(_ owned: Ownership, _ newParts: [EntryPart], _ lost: Set<String>, _ parts: [EntryPart]) -> [Edit]
    {
        let known = Set(written.map(\.role))
        return newParts.enumerated().compactMap { index, next in
            if known.contains(next.role) { return nil }
            let before = newParts[..<index].last { owned.own[$0.role] != nil }
            let anchor = before.flatMap { owned.own[$0.role] } ?? parts.first
            let isBehindAnother = newParts[..<index].last.map { !known.contains($0.role) && $0.item != nil } ?? false
            let isItem = next.item != nil && (anchor?.item != nil || isBehindAnother)
            let prefix =
                isItem && anchor?.item != nil
                ? text[(anchor?.range.lowerBound ?? 0)...].prefix(anchor?.indent ?? 0) : []
            let bytes =
                prefix.isEmpty
                ? newline.apply(to: String(decoding: newText[next.range], as: UTF8.self))
                : lines(of: next, behind: prefix)
            let place = max(anchor?.range.upperBound ?? 0, anchor?.item?.upperBound ?? 0)
            return Edit(range: place..<place, bytes: newline.apply(to: isItem ? "\n" : "\n\n") + bytes)
        }
    }

    /// The lines of a new part, with another part's list mark or indentation before them.
    private func lines(of part: EntryPart, behind prefix: ArraySlice<UInt8>) -> [UInt8] {
        let lines = newText[part.range].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let indent = [UInt8](repeating: 0x20, count: prefix.count)
        let shifted = lines.enumerated().map { index, line in
            index == 0
                ? Array(prefix) + line.dropFirst(part.indent)
                : indent + line.dropFirst(min(part.indent, line.prefix { $0 == 0x20 }.count))
        }
        return newline.apply(to: String(decoding: Array(shifted.joined(separator: [0x0A])), as: UTF8.self))
    }

    /// What people wrote stands there as before, and what assay writes reads as it should.
    private func isSound(_ edits: [Edit], _ owned: Ownership, _ newParts: [EntryPart], _ lost: Set<String>) -> Bool {
        let result = EntryPart.all(in: Document(valid: text).applying(edits).bytes).map(\.said).joined(separator: " ")
        let isChanged = { (part: EntryPart) in
            edits.contains { !$0.range.isEmpty && part.range.contains($0.range.lowerBound) }
        }
        var rest = result[...]
        for part in owned.people where !isChanged(part) {
            guard let place = rest.firstRange(of: part.said) else { return false }
            rest = rest[place.upperBound...]
        }
        return newParts.allSatisfy { lost.contains($0.role) || result.contains($0.said) }
    }
}

/// Whose the parts of an entry are.
private struct Ownership {
    /// By their roles, those that say what assay wrote.
    var own: [String: EntryPart] = [:]
    var people: [EntryPart] = []
    private let written: [PartMark]

    init(_ text: [UInt8], _ parts: [EntryPart], _ written: [PartMark]) {
        self.written = written
        for part in parts where !take(part) {
            // A person's line directly above or below one of assay's makes one paragraph of them.
            let lines = part.lines(in: text)
            if lines.count > 1, lines.contains(where: { mark($0) != nil }) {
                for line in lines where !take(line) { people.append(line) }
            } else {
                people.append(part)
            }
        }
    }

    private mutating func take(_ part: EntryPart) -> Bool {
        guard let mark = mark(part) else { return false }
        own[mark.role] = part
        return true
    }

    private func mark(_ part: EntryPart) -> PartMark? {
        let alike = written.filter { $0.digest == part.digest && own[$0.role] == nil }
        return alike.first { $0.role == part.role } ?? alike.first
    }
}

extension EntryPart {
    /// Its first words, for a message.
    var start: String { said.shortened(to: 40) }
}
