import FoundationEssentials
import TestSupport
import Testing

/// Values as they come: a report shows them safely, and a findings file keeps them.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct OddValueTests {
    private static let rows = #"""
        CREATE TABLE odd (person text, value text, bytes bytea);
        INSERT INTO odd VALUES
            ('<img src=x onerror=alert(1)>', '<script>alert("v")</script> & </td></table>', '\x0102ff'),
            ('a|b `c` *d*', E'`|` ``x`` | [x](javascript:alert(1)) ~~s~~ **b**', ''),
            (E'two\nlines', E'one\ntwo\r\nthree\n# heading\n\n---\n```\n| a | b |', NULL),
            (E'\u202Ertl', E'\u202Egnp.exe \u200F\u2066 \u202C', NULL),
            (E'\x1b[31mred', E'\x01\x07\x1b]0;title\x07\x7f', NULL),
            ('"quoted", ''so''', 'a,b;"c"', NULL),
            (NULL, 'of nobody', NULL), ('', '', NULL),
            ('large', repeat('large-', 1747626), NULL);
        """#

    @Test func `a report shows them safely, and a findings file keeps them`() async throws {
        try await withDatabase(loading: [Self.rows]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(
                    ["odd": check("odd", "SELECT * FROM odd ORDER BY ctid", user: "person")],
                    title: "<b>Odd</b> | `values`"
                )
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                #expect(result.status == 1 && result.stderr == "")
                let record = try folder.record()
                #expect(record.check("odd")?.before == 9 && record.check("odd")?.usersBefore == 7)

                let findings = try folder.rows("findings/odd.csv")
                let values = try await psql("SELECT md5(string_agg(value, '' ORDER BY ctid)) FROM odd", at: conninfo)
                let kept = findings.map { $0["value"] ?? "" }.joined()
                #expect(kept.utf8.count > 10_000_000)
                try folder.write(kept, to: "kept")
                let digest = try await Program.run([folder.file("kept")], executable: "md5sum").stdout
                #expect(digest.hasPrefix(values))
                let users = try folder.rows("users.csv")
                #expect(users.map { $0["before"] } == ["2", "1", "1", "1", "1", "1", "1", "1"])

                let html = try folder.read("output/index.html")
                let markdown = try folder.read("output/index.md")
                #expect(!html.contains("<img") && !html.contains("<script>alert") && !html.contains("<b>Odd"))
                #expect(html.contains("&lt;script&gt;alert(&quot;v&quot;)&lt;/script&gt; &amp; &lt;/td&gt;"))
                for page in [html, markdown] {
                    // A mark that turns the direction, or moves a cursor, is named instead.
                    for scalar in ["\u{202E}", "\u{200F}", "\u{2066}", "\u{1B}", "\u{01}", "\u{07}"] {
                        #expect(!page.unicodeScalars.contains { String($0) == scalar })
                    }
                    #expect(page.utf8.count < 500_000 && page.contains("(10485756 bytes)"))
                }
                // Each violation is one row of the table, with as many cells as there are columns.
                let lines = markdown.split(separator: "\n")
                let start = try #require(lines.firstIndex(of: "| person | value | bytes |"))
                for line in lines[(start + 2)..<(start + 11)] {
                    #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 4, "\(line.prefix(200))")
                }
            }
        }
    }

    @Test func `bytes that are no UTF-8 stay as they are in the CSV files`() async throws {
        let options = "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
        try await TestDatabase.with(
            loading: [
                #"CREATE TABLE odd (person text, value text)"#,
                #"INSERT INTO odd VALUES (E'caf\xe9', E'\xff\xfe|x'), ('ok', E'gr\xc3\xbc\xc3\x9fe')"#,
            ],
            options: options
        ) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite(["odd": check("odd", "SELECT * FROM odd", user: "person")])
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                #expect(result.status == 1 && result.stderr == "")
                let run = "output/runs/\(folder.runs()[0])"
                let findings = try Data(contentsOf: URL(filePath: folder.file("\(run)/findings/odd.csv")))
                #expect(
                    [UInt8](findings)
                        == Array("person,value\ncaf".utf8) + [0xE9] + Array(",".utf8) + [0xFF, 0xFE]
                        + Array("|x\nok,grüße\n".utf8)
                )
                let users = try Data(contentsOf: URL(filePath: folder.file("\(run)/users.csv")))
                #expect([UInt8](users).contains(Array("\ncaf".utf8) + [0xE9] + Array(",,odd,1,0,0,0,1\n".utf8)))
                for name in ["run.json", "index.html", "index.md"] {
                    let data = try Data(contentsOf: URL(filePath: folder.file("\(run)/\(name)")))
                    #expect(
                        String(validating: [UInt8](data), as: UTF8.self)?.contains("caf\u{FFFD}") == true,
                        "\(name)"
                    )
                }
                #expect(try folder.read("output/index.md").contains("grüße"))
            }
        }
    }
}
