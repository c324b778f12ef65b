import AuditModel
import CommonMark
import Testing
import Wording

@testable import AuditSite

/// Both formats give the figures of the run, and so the same.
struct FigureTests {
    /// The counts of a row in its order; an audit has one.
    private func expected(_ run: Run, _ counts: (Int?, Int?, Int?, Int?, Int?)) -> [String] {
        let (before, repaired, gone, new, after) = counts
        guard run.mode != .audit else { return [after.map(\.grouped) ?? "–"] }
        var all = [before, repaired.map(abs)]
        if (run.totals.gone ?? 0) > 0 { all.append(gone) }
        if (run.totals.new ?? 0) > 0 { all.append(new) }
        return (all + [after]).map { $0?.grouped ?? "–" }
    }

    @Test(arguments: SampleRun.allCases)
    func ofChecks(sample: SampleRun) throws {
        let run = sample.run
        let (html, markdown) = try pages(run)
        for check in run.checks {
            let expected = expected(run, (check.before, check.repaired, check.gone, check.new, check.after))
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
            let expected = expected(run, (total.before, total.repaired, total.gone, total.new, total.after))
            let id = run.users.id(user)
            let row = try #require(html.first { $0.hasPrefix("<tr><th scope=\"row\">") && $0.contains(id) })
            #expect(cells(html: row).prefix(expected.count) == expected[...])
            let line = try #require(
                markdown.first { $0.hasPrefix("|") && $0.contains("| \(id) |") && $0.contains("`") }
            )
            #expect(cells(markdown: line).dropFirst(2).prefix(expected.count) == expected[...])
        }
    }

    /// What stands in a table adds up: before + new = repaired + gone + after.
    @Test(arguments: SampleRun.allCases)
    func addUp(sample: SampleRun) {
        let run = sample.run
        guard run.mode == .fix || run.mode == .undo else { return }
        for check in run.checks {
            let begun = (check.before ?? 0) + (check.new ?? 0)
            #expect(begun == (check.repaired ?? 0) + (check.gone ?? 0) + (check.after ?? 0), "\(check.id)")
        }
        for user in 0..<run.users.count {
            let total = run.users.total(user: user)
            #expect(total.before + total.new == total.repaired + total.gone + total.after, "\(run.users.id(user))")
        }
    }

    @Test(arguments: SampleRun.allCases)
    func ofTheWhole(sample: SampleRun) throws {
        let run = sample.run
        let (html, markdown) = try pages(run)
        let report = Report(run)
        for (label, before, after) in [
            ("Violations", report.violationsBefore.text, report.violationsAfter.text),
            ("Users affected", report.usersBefore.text, report.usersAfter.text),
        ] {
            let tile = try #require(html.first { $0.contains("<dt>\(label)</dt>") })
            #expect(tile.contains("<dd><span class=\"whole\">\(before) <span") == (run.mode != .audit))
            #expect(tile.contains("\(after)</span>"))
            let line = try #require(markdown.first { $0.hasPrefix("| \(label) |") })
            #expect(cells(markdown: line)[1].hasSuffix(after))
        }
        #expect(markdown.first == "# \(Verdict.of(report))")
        #expect(html.contains("<h1 id=\"verdict\">\(Verdict.of(report))</h1>"))
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
