import AuditModel
import AuditSite
import Testing

@Suite(.enabled(if: Browser.isInstalled, "chromium is not installed"), .timeLimit(.minutes(20)))
struct FilterTests {
    private func page() throws -> String {
        RunPages(templates: try .load(overrides: nil)).render(SampleRuns.rich)[0].contents
    }

    /// Whether the page's own policy lets its script run.
    @Test func theScriptRunsUnderThePolicy() async throws {
        let page = try page()
        #expect(page.contains("<label id=\"filter\" hidden>"))
        #expect(try await Browser.tree(of: page).contains("<label id=\"filter\">"))
    }

    @Test(arguments: [("vela", 1), ("C2D1", 1), ("Broadcast owner", 2), ("nobody of this name", 0), (" ", 5)])
    func hidesOtherRows(text: String, shown: Int) async throws {
        let page = try page()
        let start = try #require(page.firstRange(of: "<meta http-equiv=\"Content-Security-Policy\""))
        let end = try #require(page[start.upperBound...].firstIndex(of: ">"))
        let typing = """
            <script>
            const input = document.querySelector("#filter input");
            input.value = "\(text)";
            input.dispatchEvent(new Event("input"));
            </script></body>
            """
        let open = (page[..<start.lowerBound] + page[end...].dropFirst()).replacing("</body>", with: typing)
        let tree = try await Browser.tree(of: String(open))
        #expect(tree.ranges(of: "<tr hidden=\"\">").count == 5 - shown)
        #expect(tree.contains("\(shown) of 5 rows match") == !text.allSatisfy(\.isWhitespace))
    }

    @Test func aPageWithoutUsersHasNoScript() throws {
        let page = RunPages(templates: try .load(overrides: nil)).render(SampleRuns.clear)[0].contents
        #expect(!page.contains("<script"))
    }
}
