import AuditModel
import AuditSite
import CommonMark
import Testing

/// Whatever a database holds, a report has the structure that it would have with harmless values.
struct NastyDataTests {
    static let values = [
        "<script>document.title = 'pwned'</script>", "\"><img src=x onerror=\"document.title='pwned'\">",
        "\"\u{301} onfocus=\"document.title='pwned'\" autofocus x=\"", "' onclick='x",
        "</td></tr></table><h1>gone</h1>",
        "<!--", "]]>", "&lt;b&gt; &amp; &#0;", "a\nb\r\nc", "| a | b |\n| --- | --- |", "`code` ``two`` `", "# heading",
        "- item", "---", "***", "1. one", "> quote", "~~~", "```", "    indented", "[link](javascript:alert(1))",
        "![image](https://example.com/x.png)", "https://example.com/", "someone@example.com", "\u{202E}txt.exe",
        "\u{0}\u{1B}[31m",
        "\\", "\\|", "{{verdict}}", "{{{lead}}}", "<a id=x>", "*bold* _it_ ~~no~~", "éé\u{FFFD}",
        "</script><script>x</script>",
        "-->", "</style>", "<b>", "\u{2028}", String(repeating: "x", count: 5000),
    ]

    /// A run that has the values wherever data of the database, the server or a check can stand; the first stands for
    /// what there is only one of.
    private func run(_ values: [String]) -> Run {
        let found = values.enumerated().map { index, value in
            SampleRuns.check(
                "found-\(index)",
                value,
                found: 2,
                users: 1,
                columns: [value, "second"],
                rows: [[value, value], [nil, value]]
            )
        }
        let missed = values.enumerated().map { SampleRuns.check("missed-\($0)", "Title", found: nil, error: $1) }
        var users = UserTallies(checks: (found + missed).map(\.id))
        for (index, value) in values.enumerated() {
            users.add("\(value)\(index)", check: index, phase: .before, times: 2)
            users.setLabel(value, user: index)
        }
        users.copyBeforeToAfter()
        let statistics = values.enumerated().map { index, value in
            SampleRuns.statistic(
                "statistic-\(index)",
                value,
                figures: [Figure(name: value, before: .text(value), after: .text(value))],
                user: "id"
            )
        }
        var run = SampleRuns.run(
            checks: found + missed,
            statistics: statistics,
            gaps: values.enumerated().map { Coverage.Gap(id: "missed-\($0)", reason: $1) },
            users: users
        )
        run.suite.title = values[0]
        run.database.name = values[0]
        run.database.user = values[0]
        run.database.host = values[0]
        return run
    }

    private func pages(_ values: [String]) throws -> (html: String, markdown: String) {
        let files = RunPages(templates: try .load(overrides: nil)).render(run(values))
        return (files[0].contents, files[1].contents)
    }

    @Test(.enabled(if: Browser.isInstalled, "chromium is not installed"), .timeLimit(.minutes(20)))
    func htmlKeepsItsStructure() async throws {
        let harmless = Self.values.indices.map { _ in "harmless" }
        // Between backticks a reason has code, whatever it holds.
        func elements(_ tree: String) -> [String] { Browser.elements(tree).filter { $0 != "code" && $0 != "/code" } }
        let expected = elements(try await Browser.tree(of: pages(harmless).html))
        #expect(expected.count { $0 == "script" } == 1)
        #expect(expected.count { $0 == "tr" } > 5 * Self.values.count)
        let tree = try await Browser.tree(of: pages(Self.values).html)
        let actual = elements(tree)
        let same = zip(actual, expected).prefix { $0 == $1 }.count
        #expect(actual == expected, "from \(actual.dropFirst(same).prefix(5))")
        #expect(!tree.contains("<title>pwned"))
    }

    @Test(arguments: values)
    func markdownKeepsItsStructure(value: String) throws {
        let page = MarkdownDocument(try pages([value]).markdown).root
        #expect(kinds(page) == kinds(MarkdownDocument(try pages(["harmless"]).markdown).root))
        page.walk { node in
            guard case .table(let alignments) = node.kind else { return }
            #expect(node.children.allSatisfy { $0.children.count == alignments.count })
        }
    }

    /// The blocks of a document, and its links and raw HTML.
    private func kinds(_ root: MarkdownNode) -> [String] {
        var kinds: [String] = []
        root.walk { node in
            switch node.kind {
            case .text, .code, .emphasis, .strong, .softBreak: return
            case .codeBlock: kinds.append("code block")
            default: kinds.append("\(node.kind)")
            }
        }
        return kinds
    }

    @Test func nullIsNotTheEmptyText() throws {
        var run = SampleRuns.rich
        run.checks[0].sample = Sample(columns: ["a", "b", "c"], rows: [[nil, "", "NULL"]])
        let files = RunPages(templates: try .load(overrides: nil)).render(run)
        #expect(
            files[0].contents.contains(
                "<tr><td><i>NULL</i><bdi></bdi></td><td><i>empty</i><bdi></bdi></td><td><bdi>NULL</bdi></td></tr>"
            )
        )
        #expect(files[1].contents.contains("| *NULL* | *empty* | NULL |"))
    }

    @Test func linesAndDirectionMarksAreVisible() throws {
        let html = try pages(["a\nb\u{202E}c"]).html
        #expect(html.contains("<td><bdi>a↵b⟨U+202E⟩c</bdi></td>"))
    }
}
