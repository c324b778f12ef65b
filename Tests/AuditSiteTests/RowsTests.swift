import AuditModel
import Testing

@testable import AuditSite

/// Which rows a check's section shows, and what it calls them.
struct RowsTests {
    @Test("A1: after a repair the rows that are left come first, then those that ended") func afterARepair() throws {
        let section = try Rendered(SampleRuns.fixed(.fix)).section("user-missing-broadcasts")
        let left = try #require(
            section.firstRange(of: "<caption>Left now: 1 · <a href=\"findings/user-missing-broadcasts.csv\">")
        )
        let ended = try #require(
            section.firstRange(of: "<details><summary>Ended: 3 (3 gone with others’ repairs)</summary>")
        )
        #expect(left.lowerBound < ended.lowerBound)
        #expect(section.contains("<a href=\"ended/user-missing-broadcasts.csv\">ended/user-missing-broadcasts.csv</a>"))
        #expect(
            section.contains(
                "<p class=\"meta\">4 before, 3 gone with others’ repairs, 1 left · users: 4 before, 1 after"
            )
        )
        // What was repaired leaves nothing to be shown first.
        let repaired = try Rendered(SampleRuns.fixed(.fix)).section("channel-without-broadcast")
        #expect(!repaired.contains("Left now"))
        #expect(repaired.contains("<summary>Ended: 30 (30 repaired), the first 5 shown</summary>"))
    }

    @Test("A2: after an undo the rows that are there again") func afterAnUndo() throws {
        let rendered = try Rendered(SampleRuns.undone(.undo))
        let section = rendered.section("channel-without-broadcast")
        #expect(section.contains("<caption>There now: 28 · <a href=\"findings/channel-without-broadcast.csv\">"))
        #expect(section.ranges(of: "<tr><td>").count == 28 + 1)
        #expect(section.contains("0 before, 28 taken back, 28 now · users: 0 before, 4 after · 28 of 12,418 rows"))
        #expect(rendered.markdown.contains("There now: 28: [findings/channel-without-broadcast.csv]"))
    }

    @Test("A9: a count stands beside the rows of its own moment") func scopes() throws {
        var run = SampleRuns.fixed(.fix)
        #expect(try Rendered(run).section("user-missing-broadcasts").contains(" · 1 of 40 rows · "))
        // Counted before only.
        #expect(try Rendered(run).section("duplicate-channel-pair").contains(" · 0 of 12,418 rows before · "))
        run.checks[2].scopeAfter = 1
        #expect(try Rendered(run).section("user-missing-broadcasts").contains(" · 1 of 1 row · "))
        #expect(try Rendered(SampleRuns.rich).section("duplicate-channel-pair").contains(" · 0 of 12,418 rows · "))
    }

    @Test("A dry run leaves the rows that it found") func afterADryRun() throws {
        let section = try Rendered(SampleRuns.fixed(.dryRun)).section("user-missing-broadcasts")
        #expect(section.contains("<caption>Found when the run began: 4 · "))
        #expect(section.contains("4 before, 4 would be left"))
    }

    @Test("A12: what was found stays when it cannot be counted again") func notMeasuredAgain() throws {
        var run = SampleRuns.fixed(.fix)
        run.checks[0].after = nil
        run.checks[0].gone = nil
        run.checks[0].status = .error
        run.checks[0].error = "30 rows were repaired; the check could not be measured again: a time limit"
        let section = try Rendered(run).section("channel-without-broadcast")
        #expect(section.contains("Not measured again</span>"))
        #expect(section.contains("30 before, 30 repaired, not known how many are left"))
        #expect(section.contains("Found when the run began: 30"))
    }

    @Test("A12: the statement that repairs, with its limits") func theFix() throws {
        var run = SampleRuns.rich
        run.checks[0].fix?.alsoWrites = ["public.audit_log"]
        let rendered = try Rendered(run)
        let terms =
            "The statement that repairs: writes broadcast_manager, and refuses more than 10,000 rows, "
            + "or more than 20 % of the rows; its triggers also write public.audit_log"
        for text in rendered.both { #expect(text.contains(terms)) }
        #expect(
            rendered.section("channel-without-broadcast").contains("<code>INSERT INTO broadcast_manager (client_id)")
        )
        #expect(rendered.markdown.contains("```sql\nINSERT INTO broadcast_manager (client_id)\n"))
        #expect(!rendered.section("cascade-gap").contains("The statement that repairs"))
    }

    @Test("Every file that a page names is of a count that is not 0") func files() throws {
        let page = try Rendered(SampleRuns.fixed(.fix)).html
        #expect(page.contains(">ended/channel-without-broadcast.csv</a> (30 rows that were there and are not left)"))
        #expect(!page.contains("findings/channel-without-broadcast.csv"))
        #expect(!page.contains("ended/cascade-gap.csv"))
        #expect(try !Rendered(SampleRuns.fixed(.dryRun)).html.contains("href=\"ended/"))
    }
}
