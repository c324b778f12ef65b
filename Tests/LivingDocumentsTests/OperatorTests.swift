import AuditModel
import Testing

@testable import LivingDocuments

/// What a person who knows only the manual follows from one line to the next.
struct OperatorTests {
    /// A run that took back, while others of its violations came and went.
    private func undo(_ night: Int, of undone: Int, before: Int, takenBack: Int, new: Int, gone: Int = 0) -> Run {
        var run = SampleRuns.run(night, [.init(id: "a", before: before, users: ["ann"])], mode: .undo)
        run.undoes = SampleRuns.run(undone, []).id
        run.checks[0].repaired = -takenBack
        run.checks[0].gone = gone
        run.checks[0].new = new
        run.checks[0].after = before + takenBack + new - gone
        run.checks[0].status = .failing
        run.users.add("ann", check: 0, phase: .repaired, times: -takenBack)
        run.users.add("ann", check: 0, phase: .gone, times: gone)
        run.users.add("ann", check: 0, phase: .new, times: new)
        run.users.add("ann", check: 0, phase: .after, times: takenBack + new - gone)
        run.totals = Totals(checks: run.checks, users: run.users)
        return run
    }

    private func attached(_ run: Run, to text: String = "# Bugs\n\n## BUG-1 🔴 OPEN\n\nx\n")
        throws -> AttachedEvidence
    {
        try SampleEvidence.attached(text, "BUG-1", run: run, repaired: [])
    }

    @Test("as a reader: what came up while a run was at work has a column in every table")
    func newColumn() throws {
        var run = SampleRuns.run(0, [.init(id: "a", before: 3, repaired: 2, users: ["ann"])], mode: .fix)
        run.checks[0].new = 2
        run.checks[0].after = 3
        run.users.add("ann", check: 0, phase: .new, times: 2)
        run.users.add("ann", check: 0, phase: .after, times: 2)
        run.totals = Totals(checks: run.checks, users: run.users)
        for text in [
            try Document("").progress(run).text, try Document("").bugs(run).text, try attached(run).document.text,
        ] {
            #expect(text.contains("| User | Before | Repaired | New | After |\n"), "\(text)")
            #expect(text.contains("| --- | ---: | ---: | ---: | ---: |\n| ann | 3 | 2 | 2 | 3 |\n"), "\(text)")
            #expect(text.contains("3 before, 2 repaired, 2 new, 3 left"), "\(text)")
        }
    }

    @Test("as a reader: an undo has the column Back, and its own words for what ended")
    func backColumn() throws {
        let run = undo(2, of: 1, before: 7, takenBack: 2, new: 1, gone: 4)
        let progress = try Document("").progress(run).text
        let bugs = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 7, users: ["ann"])])).bugs(run).text
        for text in [progress, bugs, try attached(run).document.text] {
            #expect(text.contains("| User | Before | Taken back | Gone meanwhile | Back | After |\n"), "\(text)")
            #expect(text.contains("| ann | 7 | 2 | 4 | 1 | 6 |\n"), "\(text)")
            #expect(text.contains("7 before, 2 taken back, 4 gone meanwhile, 1 back, 6 left"), "\(text)")
        }
    }

    @Test("as a reader: nothing went with repairs where nothing was taken back")
    func nothingTakenBack() throws {
        let run = undo(2, of: 1, before: 7, takenBack: 0, new: 0, gone: 4)
        let text = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 7)])).bugs(run).text
        #expect(text.contains("7 before, 4 gone meanwhile, 3 left"), "\(text)")
    }

    @Test(
        "as a reader: a heading gets no status above one that was set by hand",
        arguments: ["WON'T FIX", "⏳ In progress"]
    )
    func statusByHandInHeading(status: String) throws {
        let opened = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 3)])).text
        let edited = opened.replacing("**Status:** 🔴 OPEN", with: "**Status:** \(status)")
        let others = "\n## BUG-8 Post 🔴 OPEN\n\nx\n\n## BUG-7 Mail 🔴 OPEN\n\ny\n"
        let next = try Document(edited + others).bugs(SampleRuns.run(1, [.init(id: "a", before: 4)]))
        #expect(next.text.contains("## Trouble with a\n"), "\(next.text)")
        #expect(next.text.contains("**Status:** \(status)") && next.text.contains("Violations: 4, up from 3"))
        let last = try next.bugs(SampleRuns.run(2, [.init(id: "a", before: 5)]))
        #expect(last.text.contains("## Trouble with a\n") && Outline(last).entries.count == 1, "\(last.text)")
    }

    @Test("as a reader: a resolved bug that stays below Open for a person's words is told once")
    func stranded() throws {
        let start = "# Bugs\n\n## Open\n\n### BUG-2 Two\n\nx\n\n## Resolved\n\n### BUG-1 One\n\ny\n"
        let opened = try Document(start).bugs(SampleRuns.run(0, [.init(id: "a", before: 3)]))
        let edited = try Document(opened.text.replacing("\n\n**Evidence", with: "\n\nAnn saw it.\n\n**Evidence"))
        let resolved = try edited.bugs(SampleRuns.run(1, [.init(id: "a", before: 0)]))
        let notices = DocumentChange(path: "BUGS.md", old: edited.bytes, new: resolved.bytes).notices
        #expect(
            notices == [
                "BUGS.md: the entry of `a` in line 5 holds words of a person and stays where it is, though its bug is "
                    + "resolved: move it by hand"
            ],
            "\(resolved.text)"
        )
        #expect(try resolved.bugs(SampleRuns.run(2, [.init(id: "a", before: 0)])) == resolved)
        let moved = try opened.bugs(SampleRuns.run(1, [.init(id: "a", before: 0)]))
        #expect(DocumentChange(path: "BUGS.md", old: opened.bytes, new: moved.bytes).notices == [])
    }

    @Test("as a reader: the history of a bug that stayed open tells of the undo")
    func undoneStep() throws {
        let repaired = SampleRuns.run(1, [.init(id: "a", before: 3, repaired: 1)], mode: .fix)
        let document = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 3)])).bugs(repaired)
        let run = undo(2, of: 1, before: 2, takenBack: 1, new: 0)
        let text = try document.bugs(run).text
        #expect(text.contains("taken back by undo of [`\(repaired.id)`]("), "\(text)")
        #expect(text.contains("/\(run.id)/index.html#check-a) (1 row)\n"), "\(text)")
        let next = try document.bugs(run).bugs(SampleRuns.run(3, [.init(id: "a", before: 1)])).text
        #expect(next.contains("taken back by undo of [") && next.contains("**Status:** 🔴 OPEN"), "\(next)")
    }

    @Test("as a reader: evidence that still fails resolves nothing")
    func stillFailing() throws {
        let audit = SampleRuns.run(0, [.init(id: "a", before: 3), .init(id: "b", before: 1)])
        let evidence = try attached(audit)
        #expect(evidence.status == .stillFailing(check: "a", violations: 3, others: 1))
        #expect(evidence.document.text.contains("## BUG-1 🔴 OPEN\n"))
        #expect(evidence.document.text.contains("**Evidence:** The one"), "\(evidence.document.text)")
        let undone = try attached(undo(2, of: 1, before: 0, takenBack: 4, new: 0))
        #expect(undone.status == .stillFailing(check: "a", violations: 4, others: 0))
        #expect(!undone.document.text.contains("Fix evidence"))
        let other = SampleRuns.run(0, [.init(id: "a", before: 4, repaired: 4), .init(id: "b", before: 1)], mode: .fix)
        guard case .changed = try attached(other).status else {
            return #expect(Bool(false), "the repaired check is clear")
        }
    }

    @Test("as a reader: evidence below an entry of assay's own is of its check alone")
    func ownCheck() throws {
        let run = SampleRuns.run(
            0,
            [.init(id: "a", before: 4, repaired: 4), .init(id: "b", before: 2, repaired: 1)],
            mode: .fix
        )
        let own = try Document("# Bugs\n").bugs(run).text
        #expect(try SampleEvidence.attached(own, "a", run: run).checks == ["a"])
    }

    @Test("as a reader: a check that the document did not know has no count to change from")
    func newCheck() throws {
        let first = try Document("").progress(SampleRuns.run(0, [.init(id: "a", before: 3)]))
        let run = SampleRuns.run(1, [.init(id: "a", before: 3), .init(id: "b", before: 5, title: "Notes are missing")])
        let text = try first.progress(run).text
        #expect(text.contains(": Notes are missing: 5 (not measured before)\n"), "\(text)")
    }

    @Test("as a reader: a check without prose has no symptom")
    func noSymptom() throws {
        let text = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 3, documentation: "")])).text
        #expect(
            !text.contains("Symptom") && text.contains("**Severity:** error\n\n**Root cause:** not known yet."),
            "\(text)"
        )
    }

    @Test("as a reader: a bug that is back on the day of its end tells the time")
    func backOnTheSameDay() throws {
        var document = try Document("").bugs(SampleRuns.run(0, [.init(id: "a", before: 1)]))
        for (minutes, before) in [(8, 0), (16, 2)] {
            var run = SampleRuns.run(0, [.init(id: "a", before: before)])
            run.startedAt = Timestamp(milliseconds: run.startedAt.milliseconds + minutes * 60_000)
            run.id = RunID(startedAt: run.startedAt, random: 1)
            document = try document.bugs(run)
        }
        let text = document.text
        #expect(text.contains("- Back: 2 violations; none on 2026-11-23 03:23 UTC\n"), "\(text)")
    }

    @Test("as a reader: a line that says none is told of with the number of open bugs, and not when none is open")
    func noneButOpen() throws {
        let start = try Document("# Bugs\n\n## Open\n\nNone.\n\n## Resolved\n\n### BUG-1 One\n\ny\n")
        let samples = ["a", "b", "c"].map { SampleRuns.Sample(id: $0, before: 1) }
        let opened = try start.bugs(SampleRuns.run(0, samples))
        #expect(
            DocumentChange(path: "docs/BUGS.md", old: start.bytes, new: opened.bytes).notices
                == [#"docs/BUGS.md:5 still says "None.", but 3 bugs are open: change it by hand"#]
        )
        let clear = try opened.bugs(SampleRuns.run(1, samples.map { SampleRuns.Sample(id: $0.id, before: 0) }))
        #expect(DocumentChange(path: "docs/BUGS.md", old: opened.bytes, new: clear.bytes).notices == [])
    }
}
