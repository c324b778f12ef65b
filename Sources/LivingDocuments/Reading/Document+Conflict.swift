import CommonMark

extension Document {
    /// A document whose merge is not finished is nobody's yet.
    func refuseConflict() throws(DocumentError) {
        guard let line = conflictLine else { return }
        throw DocumentError(
            .unsuitable,
            "line \(line) begins a conflict of a merge, so nothing was changed; resolve it first"
        )
    }

    /// The line that begins a conflict which a merge left, from 1; one that is shown as code is none.
    var conflictLine: Int? {
        guard bytes.firstRange(of: Array("<<<<<<<".utf8)) != nil else { return nil }
        let lines = LineIndex(bytes)
        let marks = ["<<<<<<<", "=======", ">>>>>>>"].map { Array($0.utf8) }
        var code: Set<Int>?
        var begun: Int?
        var expected = 0
        for line in 1...max(1, lines.starts.count) {
            let start = lines.start(ofLine: line)
            let text = bytes[start..<lines.start(ofLine: line + 1)].prefix { $0 != 0x0A && $0 != 0x0D }
            guard let mark = marks.firstIndex(where: { text.starts(with: $0) }),
                text.count == 7 || text[start + 7] == 0x20
            else { continue }
            let known = code ?? codeLines()
            code = known
            if known.contains(line) { continue }
            if mark == 0 {
                (begun, expected) = (line, 1)
            } else if mark == expected, mark == 2 {
                return begun
            } else if mark == expected {
                expected += 1
            }
        }
        return nil
    }

    /// The lines of the file that are code.
    private func codeLines() -> Set<Int> {
        let outline = Outline(self)
        let offset = line(at: bodyStart) - 1
        var lines: Set<Int> = []
        outline.root.walk { node in
            guard case .codeBlock = node.kind, node.range.startLine > 0 else { return }
            lines.formUnion((node.range.startLine + offset)...(max(node.range.startLine, node.range.endLine) + offset))
        }
        return lines
    }
}
