import CommonMark
import Testing

@testable import AuditSite

struct RemarkTests {
    @Test(
        "C9: code in a reason is set as code",
        arguments: [
            ("more than `fix_limits: rows` allows", "more than `fix_limits: rows` allows", 3),
            ("`a`", "`a`", 1), ("a ` b", "a \\` b", 1), ("`a` `b", "`a` \\`b", 2), ("no code", "no code", 1),
            ("", "", 0),
            ("`a|b` | c", "`a\\|b` \\| c", 2), ("a*`b*`", "a\\*`b*`", 2),
        ]
    )
    func code(text: String, markdown: String, parts: Int) {
        let remark = Remark(text)
        #expect(remark.markdown == markdown)
        #expect(remark.parts.count == parts)
    }

    @Test("C9: code in a reason is code on both pages") func onThePage() throws {
        let rendered = try Rendered(SampleRuns.refused)
        #expect(
            rendered.section("channel-without-broadcast").contains("that <code>fix_limits: share</code> allows</p>")
        )
        #expect(rendered.markdown.contains("that `fix_limits: share` allows\n"))
    }

    @Test("C9: no line ends before a percent sign", arguments: SampleRun.allCases)
    func percent(sample: SampleRun) throws {
        let rendered = try Rendered(sample.run)
        #expect(!rendered.html.contains(" %"))
        #expect(!rendered.markdown.contains(" %"))
    }
}
