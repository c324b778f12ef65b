import Testing

@testable import LivingDocuments

/// The ends of documents that grow at their end.
struct AwkwardEndTests {
    private static let log = "# Log\n\n## 2025-11-13 One\n\na\n\n"

    /// `^` marks where the next entry goes.
    @Test(
        "F19: what is never closed stays below its heading, and definitions and footnotes stay at the end",
        arguments: [
            log + "^## 2025-11-14 Two\n\n```\ncode\n", log + "^## 2025-11-14 Two\n\ntext\n\n~~~\ncode\n\nmore",
            log + "^## 2025-11-14 Two\n\n<!-- todo\n", log + "## 2025-11-14 Two\n\n```\ncode\n```\n^",
            log + "## 2025-11-14 Two\n\nb [x]\n\n^[x]: https://example.org\n[y]: <u> \"t\"\n",
            log + "## 2025-11-14 Two\n\nb[^1]\n\n^[^1]: A footnote with words.\n",
            log
                + "## 2025-11-14 Two\n\nb[^1]\n\n^[^1]: A footnote.\n    It goes on.\n\n[^n]: Another.\n\n[x]: https://example.org\n",
            log + "## 2025-11-14 Two\n\n[^1]: not at the end\n\nb\n^",
        ]
    )
    func placeAtTheEnd(marked: String) throws {
        let text = Self.text(marked)
        let document = try Document(text)
        let run = SampleRuns.run(0, [.init(id: "a", before: 1)])
        let result = try document.progress(run)
        #expect(result.removingEntries() == document)
        let entry = try #require(Outline(result).entries.first)
        let before = String(decoding: result.bytes[..<entry.range.lowerBound], as: UTF8.self).trimmingBlanks
        #expect(before == Self.before(marked).trimmingBlanks, "\(result.text)")
        #expect(try result.progress(run) == result)
    }

    /// The mark is the first `^` that no bracket stands before.
    private static func mark(_ marked: String) -> String.Index {
        let indices = marked.indices.filter { marked[$0] == "^" }
        return indices.first { $0 == marked.startIndex || marked[marked.index(before: $0)] != "[" } ?? marked.endIndex
    }

    private static func before(_ marked: String) -> String { String(marked[..<mark(marked)]) }

    private static func text(_ marked: String) -> String { before(marked) + marked[mark(marked)...].dropFirst() }
}
