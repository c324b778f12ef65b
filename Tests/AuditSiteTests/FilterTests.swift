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

    static let typed = [
        ("vela", 1, "1 of all 4 users matches"), ("C2D1", 1, "1 of all 4 users matches"),
        ("Broadcast owner", 2, "2 of all 4 users match"), ("nobody of this name", 0, "No match among all 4 users"),
        // The id of a check, as the program and users.csv name it.
        ("#check-cascade-gap", 1, "No match among all 4 users"),
        ("broadcast-owner-mismatch", 2, "2 of all 4 users match"),
        (" ", 5, ""),
    ]

    @Test("A3: the filter says what was searched", arguments: typed)
    func hidesOtherRows(text: String, shown: Int, status: String) async throws {
        let tree = try await tree(of: try page(), typing: text)
        #expect(tree.ranges(of: " hidden=\"\">").count == 5 - shown)
        #expect(tree.contains("role=\"status\" data-searched=\"all 4 users\" data-rest=\"\">\(status)</span>"))
    }

    @Test("A3: who is not on the page is not said to be missing")
    func saysWhatIsNotSearched() async throws {
        let check = SampleRuns.check("one", "One", found: 300, users: 300)
        var users = UserTallies(checks: ["one"])
        for user in 0..<300 { users.add("user-\(1000 + user)", check: 0, phase: .before) }
        users.copyBeforeToAfter()
        let page = RunPages(templates: try .load(overrides: nil))
            .render(SampleRuns.run(checks: [check], users: users))[0].contents
        let denied = try await tree(of: page, typing: "user-1250")
        #expect(denied.contains(">No match among the 200 users shown; 100 more are in users.csv</span>"))
        let found = try await tree(of: page, typing: "user-1150")
        #expect(found.contains(">1 of the 200 users shown matches; 100 more are in users.csv</span>"))
    }

    @Test("A11: what was typed into the filter is not on the paper") func printsAllRows() throws {
        let page = try page()
        let print = try #require(page.firstRange(of: "@media print"))
        #expect(page[print.upperBound...].contains("tr[hidden] { display: table-row; }"))
    }

    /// The page's tree after somebody has typed into its filter.
    private func tree(of page: String, typing text: String) async throws -> String {
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
        return try await Browser.tree(of: String(open))
    }

    @Test func aPageWithoutUsersHasNoScript() throws {
        let page = RunPages(templates: try .load(overrides: nil)).render(SampleRuns.clear)[0].contents
        #expect(!page.contains("<script"))
    }
}
