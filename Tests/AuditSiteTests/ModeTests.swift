import AuditModel
import Testing

@testable import AuditSite

/// What a page says first of the run itself, and of what to do next.
struct ModeTests {
    @Test("A2: a narrowed run says so before anything else") func narrowed() throws {
        let rendered = try Rendered(SampleRuns.narrowed)
        let banner =
            "<p class=\"banner\"><b>Narrowed</b> to <code><bdi>--check channel-without-broadcast</bdi></code>, "
            + "<code><bdi>--user 5f0e1a77-91d2-4f07-b0b5-1f6f2f0a9d10</bdi></code>: nothing is said of the rest.</p>"
        let start = try #require(rendered.html.firstRange(of: banner))
        let verdict = try #require(rendered.html.firstRange(of: "<h1"))
        #expect(start.lowerBound < verdict.lowerBound)
        #expect(
            rendered.line("**Narrowed**")
                == "**Narrowed** to `--check channel-without-broadcast`, "
                + "`--user 5f0e1a77-91d2-4f07-b0b5-1f6f2f0a9d10`: nothing is said of the rest."
        )
        #expect(try !Rendered(SampleRuns.rich).html.contains("Narrowed"))
    }

    @Test("B7: a dry run and an undo say so before anything else") func banners() throws {
        let rehearsal = try Rendered(SampleRuns.fixed(.dryRun))
        for text in rehearsal.both {
            #expect(text.contains("every repair was tried, counted and rolled back. Nothing was changed."))
        }
        let undone = RunID(startedAt: Timestamp(milliseconds: SampleRuns.start - 3_600_000), random: 0x0b17e5)
        let undo = try Rendered(SampleRuns.undone(.undo), hasReport: { $0 == undone })
        #expect(
            undo.html.contains("<b>Undo of <a href=\"../../runs/\(undone)/index.html\"><code>\(undone)</code></a></b>")
        )
        #expect(undo.markdown.contains("**Undo of [`\(undone)`](../../runs/\(undone)/index.md)**"))
        // No link to a report that is not there.
        let gone = try Rendered(SampleRuns.undone(.undo))
        #expect(gone.html.contains("<b>Undo of <code>\(undone)</code></b>"))
        #expect(!gone.html.contains("runs/\(undone)"))
        #expect(try Rendered(SampleRuns.undone(.dryRun)).html.contains("<b>Rehearsal of an undo of <code>"))
    }

    @Test("A8: the commands are those that work for this run") func commands() throws {
        let fix = try Rendered(SampleRuns.fixed(.fix))
        let undo = try #require(SampleRuns.fixed(.fix).commands.undo)
        #expect(fix.html.contains("<dt>Take the repairs back</dt><dd><code>\(undo)</code></dd>"))
        #expect(fix.markdown.contains("- Take the repairs back: `\(undo)`"))
        #expect(fix.html.contains(".commands code { display: block; user-select: all;"))
        // None is made up.
        var run = SampleRuns.fixed(.fix)
        run.commands = RunCommands()
        for text in try Rendered(run).both { #expect(!text.contains("assay undo")) }
        run.commands.again = "assay audit --user 'a`b|c'"
        #expect(try Rendered(run).markdown.contains("- Audit the same again: ``assay audit --user 'a`b|c'``"))
    }

    @Test("A9: both states that were read") func snapshots() throws {
        for text in try Rendered(SampleRuns.fixed(.fix)).both {
            #expect(text.contains("2026-11-23 03:15:00.118 UTC"))
            #expect(text.contains("5/A1B2C3D8"))
            #expect(text.contains("a second state: 2026-11-23 03:16:04.920 UTC"))
            #expect(text.contains("5/A1B30118"))
        }
        for text in try Rendered(SampleRuns.rich).both { #expect(!text.contains("second state")) }
        for text in try Rendered(SampleRuns.fixed(.dryRun)).both {
            #expect(text.contains("counted in the transactions that were rolled back"))
        }
        var run = SampleRuns.fixed(.fix)
        run.snapshots.after = nil
        for text in try Rendered(run).both { #expect(text.contains("the database was not read a second time")) }
        for text in try Rendered(SampleRuns.incomplete).both {
            #expect(text.contains("2 of 3 checks and no statistic read one state of the database"))
        }
    }

    @Test("A dry run says what would be") func wouldBe() throws {
        let rendered = try Rendered(SampleRuns.fixed(.dryRun))
        #expect(rendered.line("| Outcome")?.contains("| Before | Would be repaired | Would be left |") == true)
        #expect(!rendered.both[1].contains(" repaired |") || rendered.both[1].contains("Would be repaired |"))
    }

    @Test("A10: a column for what is gone with them, and for what is new, where any is not 0") func columns() throws {
        #expect(
            try Rendered(SampleRuns.fixed(.fix)).line("| Outcome")
                == "| Outcome | Check | Users | Before | Repaired | Gone with them | Left | |"
        )
        #expect(
            try Rendered(SampleRuns.undone(.undo)).line("| Outcome")
                == "| Outcome | Check | Users | Before | Taken back | Back with them | Now | |"
        )
        #expect(try Rendered(SampleRuns.rich).line("| Outcome") == "| Outcome | Check | Users | Violations | |")
        #expect(
            try Rendered(SampleRuns.fixed(.fix)).line("| User |")?
                .hasPrefix("| User | Id | Before | Repaired | Gone with them | Left | Checks |") == true
        )
    }

    @Test("A10: what the column of what is gone counts is said below it") func goneNote() throws {
        let note =
            "“Gone with them” counts violations that ended without a repair of their own, most often because the "
        for text in try Rendered(SampleRuns.fixed(.fix)).both { #expect(text.contains(note)) }
        for run in [SampleRuns.undone(.undo), SampleRuns.rich, SampleRuns.fixed(.dryRun)] {
            for text in try Rendered(run).both { #expect(!text.contains("without a repair of their own")) }
        }
    }

    @Test("A5: the outcome of a fix that repaired nothing") func refused() throws {
        let rendered = try Rendered(SampleRuns.refused)
        #expect(
            rendered.section("channel-without-broadcast").contains(
                "<span aria-hidden=\"true\">✕</span> Fix refused</span>"
            )
        )
        #expect(rendered.section("channel-without-broadcast").contains("30 before, 0 repaired, 30 left"))
        #expect(rendered.section("broadcast-without-channel").contains("Fix rolled back</span>"))
        #expect(rendered.html.contains("<dt>Not measured</dt><dd>nothing: all could be measured</dd>"))
    }

    @Test("The time zone of the database and the suite's folder stand on the page") func places() throws {
        var run = SampleRuns.rich
        run.database.timeZone = "Europe/Berlin"
        for text in try Rendered(run).both {
            #expect(text.contains("Europe/Berlin") && text.contains("audits/broadcast"))
        }
        run.database.timeZone = nil
        for text in try Rendered(run).both { #expect(!text.contains("time zone")) }
    }

    @Test("B8: an equal reason stands once") func reasons() throws {
        let page = try Rendered(SampleRuns.unmeasured).html
        let measured = try #require(page.firstRange(of: "<dt>Not measured</dt>"))
        let section = page[measured.upperBound...].prefix { $0 != "\n" }
        #expect(section.ranges(of: "does not exist").count == 2)
        #expect(section.ranges(of: "<a href=\"#check-").count == 8)
    }
}
