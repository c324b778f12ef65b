import CommonMark

/// Moves the headings of a Markdown text down, so that they stand below those of the page around.
enum HeadingShift {
    static func shift(_ markdown: String, to top: Int) -> String {
        let bytes = Array(markdown.utf8)
        let lines = LineIndex(bytes)
        var headings: [(level: Int, range: SourceRange)] = []
        MarkdownDocument(bytes: bytes).root.walk { node in
            if case .heading(let level) = node.kind { headings.append((level, node.range)) }
        }
        guard let highest = headings.map(\.level).min(), highest < top else { return markdown }
        var result: [UInt8] = []
        var copied = 0
        for heading in headings {
            let level = min(6, heading.level + top - highest)
            let offset = lines.start(ofLine: heading.range.startLine) + heading.range.startColumn - 1
            guard offset >= copied, offset < bytes.count else { continue }
            let marks = Array(repeating: UInt8(ascii: "#"), count: level)
            result += bytes[copied..<offset]
            if bytes[offset] == UInt8(ascii: "#") {
                result += marks
                copied = offset + heading.level
            } else if let underline = underline(of: heading.range.startLine, in: bytes, lines) {
                result += marks + [UInt8(ascii: " ")] + bytes[offset..<underline.lowerBound]
                copied = underline.upperBound
            } else {
                copied = offset
            }
        }
        result += bytes[copied...]
        return String(decoding: result, as: UTF8.self)
    }

    /// The line of `=` or `-` below a heading of one line.
    private static func underline(of line: Int, in bytes: [UInt8], _ lines: LineIndex) -> Range<Int>? {
        let range = lines.range(ofLine: line + 1)
        let text = String(decoding: bytes[range], as: UTF8.self).filter { !$0.isWhitespace }
        guard let mark = text.first, mark == "=" || mark == "-", text.allSatisfy({ $0 == mark }) else { return nil }
        // Its line end stays, so that no line is glued to the next.
        let isLast = range.upperBound == bytes.count
        return range.lowerBound..<(isLast ? range.upperBound : range.upperBound - 1)
    }
}
