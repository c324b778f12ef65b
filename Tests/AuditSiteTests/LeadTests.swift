import AuditModel
import Testing

@testable import AuditSite

/// The sentences below the verdict.
struct LeadTests {
    @Test("A10: every violation of the beginning, and what became of it") func arithmetic() {
        let fix = Lead(Report(SampleRuns.fixed(.fix)))
        #expect(
            fix.text == "48 violations were found: 38 repaired, 3 gone with them, 7 left "
                + "(4 for 3 users, 3 without a user). 1 user has nothing left any more."
        )
        let undo = Lead(Report(SampleRuns.undone(.undo)))
        #expect(
            undo.text == "7 violations before, 28 rows taken back, 3 back with them, 38 violations now "
                + "(35 for 4 users, 3 without a user)."
        )
        #expect(Lead(Report(SampleRuns.rich)).text?.hasPrefix("48 violations (45 for 4 users, 3 without a") == true)
    }

    @Test("A10: what came up meanwhile") func new() {
        var check = SampleRuns.check("one", "One", found: 2, repaired: 1)
        check.new = 3
        check.after = 4
        check.status = .failing
        let run = SampleRuns.run(.fix, checks: [check])
        #expect(
            Lead(Report(run)).text?.hasPrefix(
                "2 violations were found, and 3 new ones came up meanwhile: 1 repaired, 4 left"
            ) == true
        )
    }

    @Test("A10: a dry run says what its figures leave out") func rehearsal() throws {
        let lead = Lead(Report(SampleRuns.fixed(.dryRun)))
        #expect(
            lead.text == "48 violations were found: 38 would be repaired, 10 would be left "
                + "(7 for 4 users, 3 without a user)."
        )
        #expect(lead.caveats.map(\.text).contains { $0.contains("Each fix was tried by itself") })
        #expect(Lead(Report(SampleRuns.fixed(.fix))).caveats.isEmpty)
        for text in try Rendered(SampleRuns.fixed(.dryRun)).both {
            #expect(
                text.contains(
                    "Each fix was tried by itself: what one does to another check’s rows is not in these figures."
                )
            )
        }
    }

    @Test("A6: nothing measured is not nothing found") func unknown() {
        #expect(Lead(Report(SampleRuns.unmeasured)).text == nil)
        #expect(Lead(Report(SampleRuns.incomplete)).text == "No violation was found in what was measured.")
        let checks = VerdictTests.checks("fe")
        #expect(Lead(Report(SampleRuns.run(checks: checks))).text == "At least 1 violation without a user.")
    }

    @Test(
        "A7: clear on nothing has a caveat",
        arguments: [
            ("cnn", "2 checks had no rows to look at: that they are clear says nothing."),
            ("cn", "1 check had no rows to look at: that it is clear says nothing."),
        ]
    )
    func empty(statuses: String, text: String) throws {
        let run = SampleRuns.run(checks: VerdictTests.checks(statuses))
        #expect(Lead(Report(run)).caveats.map(\.text) == [text])
        let rendered = try Rendered(run)
        #expect(
            rendered.html.contains(
                "<span class=\"badge quiet\"><span aria-hidden=\"true\">○</span> <span class=\"word\">Clear, nothing to look at</span></span>"
            )
        )
        #expect(rendered.markdown.contains("| ○ Clear, nothing to look at |"))
    }

    @Test("A5: what was left out on request is not what could not be measured") func notRun() throws {
        #expect(Lead(Report(SampleRuns.narrowed)).caveats.isEmpty)
        let rendered = try Rendered(SampleRuns.narrowed)
        #expect(rendered.html.contains("<dt>Not measured</dt><dd>nothing: all that was run could be measured</dd>"))
        #expect(rendered.html.contains("<dt>Not run</dt>"))
        #expect(rendered.markdown.contains("- **Not run:**"))
        #expect(!rendered.html.contains("could not be measured"))
        let refused = Lead(Report(SampleRuns.refused))
        #expect(refused.caveats.isEmpty)
        let incomplete = Lead(Report(SampleRuns.incomplete))
        #expect(
            incomplete.caveats.map(\.text) == [
                "2 checks and 1 statistic are not, or not wholly, in the figures, because they could not be measured."
            ]
        )
    }

    @Test(
        "A13: a name is given to all who have the same count, or to none",
        arguments: [
            ([5, 4, 3, 2], ["a (5)", "b (4)", "c (3)"], nil as String?),
            ([5, 5, 5, 5, 1], ["a (5)", "b (5)", "c (5)", "d (5)"], nil),
            ([5, 4, 4, 4], ["a (5)"], nil), ([5, 4, 4], ["a (5)", "b (4)", "c (4)"], nil),
            ([Int](repeating: 5, count: 10), "abcdefghij".map { "\($0) (5)" }, nil),
            ([Int](repeating: 5, count: 11) + [4], [], "11 users have 5 each."),
        ]
    )
    func ties(counts: [Int], named: [String], tie: String?) {
        var users = UserTallies(checks: ["one"])
        for (index, count) in counts.enumerated() {
            users.add(String(UnicodeScalar(UInt8(97 + index))), check: 0, phase: .after, times: count)
        }
        // Violations without a user have no name to give.
        users.add("", check: 0, phase: .after, times: 9)
        let worst = WorstUsers(users)
        #expect(worst.users.map { "\($0.name) (\($0.violations))" } == named)
        #expect(worst.tie == tie)
        #expect(worst.introduction == (tie != nil ? "" : named.count == counts.count ? "Affected:" : "Most affected:"))
    }

    @Test("C8: the users' table says who has something left") func ofWhat() throws {
        for text in try Rendered(SampleRuns.fixed(.fix)).both {
            #expect(text.contains("4 users affected: 3 have something left, 1 has nothing left any more"))
        }
        for text in try Rendered(SampleRuns.fixed(.fix)).both {
            #expect(text.contains("8 checks and 3 statistics read one state of the database"))
        }
    }
}
