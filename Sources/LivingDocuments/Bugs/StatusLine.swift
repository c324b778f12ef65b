/// A status in an entry of assay's whose line a person may have changed.
enum StatusLine {
    enum Outcome {
        /// The edits that make it say the new status; none where it says so already.
        case edits([Edit])
        /// A person has set it.
        case byHand
    }

    /// - Parameters:
    ///   - part: the bytes of the lines, as a slice of the entry's text.
    ///   - isTitle: the first line is a heading, or what stands for one.
    static func changing(
        _ part: ArraySlice<UInt8>,
        isTitle: Bool,
        from old: BugStatus,
        to new: BugStatus
    ) -> Outcome {
        guard let mark = mark(part, isTitle: isTitle), let meaning = mark.meaning(in: part) else { return .byHand }
        if meaning == old.meaning { return .edits(old == new ? [] : edits(mark, in: part, new.sign, new.word)) }
        return meaning == new.meaning ? .edits([]) : .byHand
    }

    /// The edits that let it say another word, in its own letter case.
    static func edits(_ mark: StatusMark, in text: ArraySlice<UInt8>, _ sign: String, _ word: String) -> [Edit] {
        var edits: [Edit] = []
        if let own = mark.sign { edits.append(Edit(range: own.range, bytes: Array(sign.utf8))) }
        if let own = mark.word {
            let letters = text[own.range]
            let isCapital = letters.first.map { $0 >= 0x41 && $0 <= 0x5A } ?? false
            let small = word.lowercased()
            let said = letters.isUpperCase ? word : isCapital ? small.prefix(1).uppercased() + small.dropFirst() : small
            edits.append(Edit(range: own.range, bytes: Array(said.utf8)))
        }
        return edits
    }

    /// The mark of the first line that has the label Status, or of a heading.
    static func mark(_ part: ArraySlice<UInt8>, isTitle: Bool) -> StatusMark? {
        let lines = part.split { $0 == 0x0A || $0 == 0x0D }
        if isTitle { return lines.first.flatMap { StatusForm.mark($0)?.mark } }
        return lines.lazy.compactMap { StatusField(line: $0) }.first?.mark
    }
}

extension StatusMark {
    /// Nil for a decision of people's, which no measurement changes.
    fileprivate func meaning(in text: ArraySlice<UInt8>) -> Meaning? {
        guard let word else { return meaning }
        return String(decoding: text[word.range], as: UTF8.self).lowercased().hasPrefix("won") ? nil : meaning
    }
}

extension BugStatus {
    fileprivate var meaning: StatusMark.Meaning { self == .resolved ? .resolved : .open }
}
