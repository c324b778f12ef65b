import SuiteFiles
import TestSupport
import Testing

/// Whatever stands in a file, reading it ends with a suite or with messages that have a place.
struct MutationTests {
    private static let seeds = [
        SuiteText.check,
        """
        ---
        id: a
        kind: orphan
        user: client_id
        key: [n, client_id]
        repairs: t
        fix_limits: { rows: 10, share: 20% }
        guard: { table: t, on: [insert, update], match: [n] }
        parameters: { days: 2, list: [a, 'b'] }
        ---
        # Té *st*

        - a list

        ```sql find
        SELECT client_id, n FROM t WHERE a > :days AND b = ANY(:list)
        ```
        ```sql fix
        DELETE FROM t USING violations v WHERE t.n = v.n
        ```
        """,
        "---\nid: a\nkind: integrity\nexpect: references\ntable: t\ncolumns: [a]\nreferences: {table: u, columns: [b]}\n---\n# A\n",
        "---\nid: a\nkind: statistic\nlimits: {n: {error: '< 1'}}\n---\n# A\n```sql measure\nSELECT n FROM t\n```\n",
    ]

    private static let pieces = [
        "---\n", "```", "```sql find\n", "~~~sql fix\n", "\n", "\r\n", "\r", "\t", "  ", ":", ": ", "- ", "[", "]", "{",
        "}", "'",
        "\"", "|\n", "&a ", "*a", "!!int ", "%", "@", "# ", "=\n", "> ", "$1", ":x", ";", "SELECT ", "DELETE FROM t ",
        "(", "é",
        "\u{2028}", "\u{85}", "\u{FEFF}", "\u{202E}", "日", "\0", "\u{1B}", "null", "1e999", "id: a\n", "? ", "<<: *a\n",
        "...",
    ]

    @Test func mutatedFilesAreReadOrRefused() {
        var generator = SeededGenerator(state: 7)
        for round in 0..<2500 {
            var scalars = Array(Self.seeds[round % Self.seeds.count].unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let at = Int.random(in: 0...scalars.count, using: &generator)
                let end = min(scalars.count, at + Int.random(in: 0...8, using: &generator))
                let piece = Self.pieces.randomElement(using: &generator) ?? ""
                if Bool.random(using: &generator) { scalars.removeSubrange(at..<end) }
                scalars.insert(contentsOf: piece.unicodeScalars, at: min(at, scalars.count))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let files = ["suite.yml": round % 5 == 0 ? String(text) : SuiteText.suite, "a.md": String(text)]
            let reading = SuiteLoader.lint(files: files, named: "s")
            #expect((reading.suite == nil) == reading.mistakes.contains { $0.kind == .error })
            for mistake in reading.mistakes {
                #expect(!mistake.description.isEmpty)
                guard let spot = mistake.spot else { continue }
                #expect(spot.line >= 1 && spot.column >= 1 && spot.column <= spot.source.count + 1, "\(mistake)")
            }
        }
    }

    @Test func deepNestingIsNoTrouble() {
        for deep in [
            String(repeating: "[", count: 900), String(repeating: "{a: ", count: 900),
            String(repeating: "[", count: 100_000),
        ] {
            #expect(!SuiteText.messages(SuiteText.check("tags: " + deep)).isEmpty)
        }
        let markdown = SuiteText.check + String(repeating: "> ", count: 3000) + "x\n"
        #expect(SuiteText.messages(markdown) == "")
        let sql = "SELECT n FROM t WHERE 1 = 1" + String(repeating: " + 1", count: 20_000)
        #expect(SuiteText.messages(SuiteText.check("", sql: sql)) == "")
    }
}
