import CommonMark
import Testing

struct LineIndexTests {
    @Test(arguments: [
        ("", [0]), ("a", [0]), ("a\n", [0, 2]), ("a\r\nb", [0, 3]), ("a\rb\r", [0, 2, 4]), ("\n\r\r\n", [0, 1, 2, 4]),
        ("a\u{2028}b\u{0B}c", [0]),
    ])
    func startsOfLines(text: String, starts: [Int]) {
        let index = LineIndex(text.utf8)
        #expect(index.starts == starts)
        #expect(index.end == text.utf8.count)
        for (number, start) in starts.enumerated() {
            #expect(index.line(at: start) == number + 1)
            #expect(index.start(ofLine: number + 1) == start)
        }
        #expect(index.range(ofLine: starts.count + 5) == index.end..<index.end)
    }

    @Test func linesAreThoseOfTheParser() {
        let text = "a\r\n\r\n## b\r## c\n\n## d"
        let index = LineIndex(text.utf8)
        let bytes = Array(text.utf8)
        let headings = MarkdownDocument(text).root.children.filter { $0.kind == .heading(level: 2) }
        let lines = headings.map { String(decoding: bytes[index.range(ofLine: $0.range.startLine)], as: UTF8.self) }
        #expect(lines == ["## b\r", "## c\n", "## d"])
    }
}
