import CommonMark

/// How a person's entry says that its bug stands, and the edits that make it say resolved.
struct EntryStatus {
    private let outline: Outline
    private let heading: HeadingStatus?
    private let field: StatusField?
    private let text: StatusText
    private let others: [Edit]

    /// - Parameters:
    ///   - index: the position of the entry's heading in the outline's blocks.
    ///   - others: edits that are made together with those of the status, which moves its lines.
    init(_ outline: Outline, of index: Int, in section: Range<Int>, beside others: [Edit]) {
        self.outline = outline
        self.others = others
        text = StatusText(outline, of: index, in: section)
        heading = text.heading.map { HeadingStatus($0) }
        field = text.field
    }

    /// What becomes of the status when its bug is resolved; in doubt, nothing.
    func resolving() -> (edits: [Edit], outcome: StatusOutcome) {
        var marks = heading?.marks ?? []
        if let mark = field?.mark { marks.append(mark) }
        if let resolved = marks.first(where: { $0.meaning == .resolved }) {
            return ([], .alreadyResolved(change(resolved, []).from, line: line(resolved.range.lowerBound)))
        }
        if let sign = heading?.sign {
            if sign.meaning == .resolved, marks.isEmpty {
                return ([], .alreadyResolved(change(sign, []).from, line: line(sign.range.lowerBound)))
            }
            if sign.meaning == .open, stands(sign, beside: marks) { marks.insert(sign, at: 0) }
        }
        let bytes = outline.document.bytes
        let edits = marks.map { $0.resolving(in: bytes) }
        guard !marks.isEmpty, isSound(edits.flatMap(\.self)) else {
            return ([], .notFound(unclearLine: field.map { line($0.line) }))
        }
        return (edits.flatMap(\.self), .changed(zip(marks, edits).map { change($0, $1) }))
    }

    /// A sign alone in the heading is the status when no other one tells of it, and it stands for no importance.
    private func stands(_ sign: StatusMark, beside marks: [StatusMark]) -> Bool {
        guard let range = sign.sign?.range, heading?.hasSeverity == false else { return false }
        let bytes = outline.document.bytes
        if isSeverity(bytes[range]) { return false }
        let own = marks.compactMap(\.sign)
        if own.contains(where: { bytes[$0.range].elementsEqual(bytes[range]) }) { return true }
        if !own.isEmpty || field != nil && field?.mark == nil { return false }
        return !text.hasSeverityField
    }

    /// Somewhere in the document a word such as `critical` stands behind the sign.
    private func isSeverity(_ sign: ArraySlice<UInt8>) -> Bool {
        let bytes = outline.document.bytes[...]
        var position = bytes.startIndex
        while let start = bytes[position...].firstIndex(of: sign.first ?? 0) {
            position = start + 1
            guard bytes[start...].starts(with: sign) else { continue }
            var word = start + sign.count
            while word < bytes.endIndex, !bytes[word].isWordByte, bytes[word] < 0x80, bytes[word] >= 0x20 { word += 1 }
            if StatusWords.isSeverity(at: word, in: bytes) { return true }
        }
        return false
    }

    /// No code, link or HTML becomes another one, wherever the lines that were read turn out to stand.
    private func isSound(_ edits: [Edit]) -> Bool {
        Self.fixed(outline.root) == Self.fixed(Outline(outline.document.applying(edits)).root)
    }

    private static func fixed(_ root: MarkdownNode) -> [String] {
        var parts: [String] = []
        root.walk { node in
            switch node.kind {
            case .code(let text), .html(let text), .htmlBlock(let text): parts.append(text)
            case .codeBlock(let block): parts.append(block.literal)
            case .link(let url, _), .image(let url, _): parts.append("\(url) \(node.plainText)")
            default: break
            }
        }
        return parts
    }

    private func change(_ mark: StatusMark, _ edits: [Edit]) -> StatusOutcome.Change {
        let parts = [mark.sign?.range, mark.word?.range].compactMap(\.self).sorted { $0.lowerBound < $1.lowerBound }
        let text = { (bytes: [[UInt8]]) in String(decoding: Array(bytes.joined(separator: [0x20])), as: UTF8.self) }
        let bytes = outline.document.bytes
        return StatusOutcome.Change(
            from: text(parts.map { Array(bytes[$0]) }),
            to: text(parts.map { part in edits.first { $0.range == part }?.bytes ?? Array(bytes[part]) }),
            line: line(mark.range.lowerBound)
        )
    }

    /// The line of the new document.
    private func line(_ offset: Int) -> Int {
        let document = outline.document
        return others.reduce(document.line(at: offset)) { line, edit in
            guard edit.range.upperBound <= offset else { return line }
            let removed = LineIndex(document.bytes[edit.range]).starts.count
            return line + LineIndex(edit.bytes).starts.count - removed
        }
    }
}

extension Document {
    /// The line of the file that holds a byte, from 1.
    func line(at offset: Int) -> Int { LineIndex(bytes[..<offset]).starts.count }
}
