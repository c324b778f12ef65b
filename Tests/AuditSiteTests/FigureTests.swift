import AuditModel
import CommonMark
import Testing

@testable import AuditSite

/// Both formats give the figures of the run, and so the same.
struct FigureTests {
    @Test(arguments: SampleRun.allCases)
    func ofChecks(sample: SampleRun) throws {
        let run = sample.run
        let (html, markdown) = try pages(run)
        for check in run.checks {
            var expected = [check.before?.grouped ?? "–", check.after?.grouped ?? "–"]
            if run.mode != .audit { expected.insert(check.repaired.map { abs($0).grouped } ?? "–", at: 1) }
            let row = try #require(html.first { $0.contains("href=\"#check-\(check.id)\"") && $0.contains("badge") })
            #expect(cells(html: row).suffix(expected.count) == expected)
            let line = try #require(markdown.first { $0.hasPrefix("|") && $0.contains("| \(check.title) |") })
            #expect(cells(markdown: line).dropLast().suffix(expected.count) == expected)
        }
    }

    @Test(arguments: SampleRun.allCases)
    func ofUsers(sample: SampleRun) throws {
        let run = sample.run
        let (html, markdown) = try pages(run)
        for user in run.users.ranked(limit: 50) where !run.users.id(user).isEmpty {
            let total = run.users.total(user: user)
            var expected = [total.before.grouped, total.after.grouped]
            if run.mode != .audit { expected.insert(abs(total.repaired).grouped, at: 1) }
            let id = run.users.id(user)
            let row = try #require(html.first { $0.hasPrefix("<tr><th scope=\"row\">") && $0.contains(id) })
            #expect(cells(html: row).dropLast().suffix(expected.count) == expected)
            let line = try #require(
                markdown.first { $0.hasPrefix("|") && $0.contains("| \(id) |") && $0.contains("`") }
            )
            #expect(cells(markdown: line).dropLast().suffix(expected.count) == expected)
        }
    }

    @Test(arguments: SampleRun.allCases)
    func ofTheWhole(sample: SampleRun) throws {
        let run = sample.run
        let (html, markdown) = try pages(run)
        let violations = [run.totals.before.grouped, run.totals.after.grouped]
        let users = [run.totals.usersBefore.grouped, run.totals.usersAfter.grouped]
        for (label, figures) in [("Violations", violations), ("Users affected", users)] {
            let tile = try #require(html.first { $0.contains("<dt>\(label)</dt>") })
            #expect(tile.contains("<dd><span class=\"whole\">\(figures[0]) <span"))
            #expect(tile.contains("<span class=\"whole\">\(figures[1])</span><span"))
            let line = try #require(markdown.first { $0.hasPrefix("| \(label) |") })
            #expect(cells(markdown: line)[1] == "\(figures[0]) → \(figures[1])")
        }
        #expect(markdown.first == "# \(Verdict.of(Report(run)))")
        #expect(html.contains("<h1 id=\"verdict\">\(Verdict.of(Report(run)))</h1>"))
    }

    /// The page shows as many users as it can, and counts the others.
    @Test func manyUsers() throws {
        let check = SampleRuns.check("one", "One", found: 10_000, users: 10_000)
        var users = UserTallies(checks: ["one"])
        for user in 0..<10_000 { users.add("user-\(user)", check: 0, phase: .before) }
        users.copyBeforeToAfter()
        let (html, markdown) = try pages(SampleRuns.run(checks: [check], users: users))
        #expect(html.count { $0.hasPrefix("<tr><th scope=\"row\">") } == 200)
        #expect(html.contains { $0.contains("and 9,800 more in") })
        #expect(markdown.count { $0.hasPrefix("| user-") } == 50)
        #expect(markdown.contains { $0.contains("and 9,950 more in") })
    }

    private func pages(_ run: Run) throws -> (html: [String], markdown: [String]) {
        let files = RunPages(templates: try .load(overrides: nil)).render(run)
        func lines(_ file: SiteFile) -> [String] { file.contents.split(separator: "\n").map(String.init) }
        return (lines(files[0]), lines(files[1]))
    }

    private func cells(html row: String) -> [String] {
        let cells = row.split(separator: "<td", omittingEmptySubsequences: false).dropFirst()
        return cells.map { cell in
            // What stands outside of tags.
            cell.split(separator: ">", omittingEmptySubsequences: false).dropFirst()
                .map { $0.prefix { $0 != "<" } }.joined()
        }
    }

    private func cells(markdown line: String) -> [String] {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        return cells.map { cell in cell.filter { $0 != "*" }.split(separator: " ").joined(separator: " ") }
    }
}
