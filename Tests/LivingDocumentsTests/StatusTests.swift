import Testing

@testable import LivingDocuments

struct StatusTests {
    /// The entry of the bug after its status became resolved, once and twice.
    private func resolved(_ entry: String) throws -> String {
        let title = "# Bugs\n\n"
        let once = try SampleEvidence.attached(title + entry, "BUG-3")
        let twice = try SampleEvidence.attached(once.document.text, "BUG-3")
        #expect(twice.document == once.document)
        return String(once.document.removingEntries().text.dropFirst(title.count))
    }

    @Test(arguments: [
        ("BUG-3 🔴 OPEN", "BUG-3 ✅ RESOLVED"), ("🔴 BUG-3", "✅ BUG-3"), ("[OPEN] BUG-3", "[RESOLVED] BUG-3"),
        ("BUG-3 🔴 **OPEN**", "BUG-3 ✅ **RESOLVED**"), ("BUG-3 🔴 – OPEN", "BUG-3 ✅ – RESOLVED"),
        ("BUG-3 **🔴 OPEN**", "BUG-3 **✅ RESOLVED**"), ("BUG-3 (open)", "BUG-3 (resolved)"),
        ("BUG-3 (OPEN) Crash", "BUG-3 (RESOLVED) Crash"), ("BUG-3 [⏳ In progress]", "BUG-3 [✅ Resolved]"),
        ("BUG-3 ❌ Not resolved", "BUG-3 ✅ Resolved"), ("🔴 OPEN: BUG-3 Crash", "✅ RESOLVED: BUG-3 Crash"),
        ("BUG-3 OPEN 🔴", "BUG-3 RESOLVED ✅"), ("BUG-3 🔴 Crash", "BUG-3 ✅ Crash"),
        ("BUG-3 🔁 Regressed ##", "BUG-3 ✅ Resolved ##"),
        ("🔴 BUG-3 [OPEN]", "✅ BUG-3 [RESOLVED]"),
        ("BUG-3 🔴 OPEN <!-- assay:bug x -->", "BUG-3 ✅ RESOLVED <!-- assay:bug x -->"),
        ("BUG-3 ⚠️ Open", "BUG-3 ✅ Resolved"),
    ])
    func headingsAreChanged(heading: String, expected: String) throws {
        #expect(try resolved("## \(heading)\n\ntext\n") == "## \(expected)\n\ntext\n")
    }

    @Test(arguments: [
        "🔴 Open channel has no entry (BUG-3)", "BUG-3 ⚠️ New users cannot log in", "🔴 CRITICAL: BUG-3",
        "🐛 BUG-3 Crash", "BUG-3 [Open the dashboard](https://x.example/)", "BUG-3 [OPEN](https://x.example/)",
        "BUG-3 `[OPEN]` is shown", "BUG-3 (new) users", "BUG-3: page for users (new)", "BUG-3 the door is open",
        "BUG-3 ✅ FIXED", "BUG-3 [FIXED]", "✅ BUG-3", "BUG-3 🔴 (critical)", "🔴 BUG-3 crash, high", "BUG-3 🟢",
        "BUG-3 `🔴 OPEN`", "BUG-3 <span title=\"🔴 OPEN\">x</span>", "BUG-3 ✅ RESOLVED (was 🔴 OPEN)",
        "BUG-3 Open", "BUG-3 says 🔴 in the log",
    ])
    func otherHeadingsStay(heading: String) throws {
        #expect(try resolved("## \(heading)\n\ntext\n") == "## \(heading)\n\ntext\n")
    }

    @Test(arguments: [
        ("**Status:** 🔴 OPEN", "**Status:** ✅ RESOLVED"),
        ("**Status:** ⏳ In progress (Ann)", "**Status:** ✅ Resolved (Ann)"),
        ("Status: open", "Status: resolved"), ("- **Status**: OPEN", "- **Status**: RESOLVED"),
        ("**Status:** 🔴 **OPEN**", "**Status:** ✅ **RESOLVED**"),
        ("- *Status*: ⏳ _in progress_", "- *Status*: ✅ _resolved_"),
        (
            "**Status:** Open (reported by Ann, 2025-11-14)",
            "**Status:** Resolved (reported by Ann, 2025-11-14)"
        ),
        ("**Status: OPEN**", "**Status: RESOLVED**"), ("Status: **open**", "Status: **resolved**"),
        ("**Status:** 🔴", "**Status:** ✅"), ("**Status:** [OPEN]", "**Status:** [RESOLVED]"),
        ("**Status:** ~~NEW~~ OPEN", "**Status:** ~~NEW~~ RESOLVED"),
        ("__Status__: In-Progress (Ann)", "__Status__: Resolved (Ann)"),
        ("**Severity:** 🔴 High · **Status:** 🔴 Open", "**Severity:** 🔴 High · **Status:** ✅ Resolved"),
        ("**Owner:** Ann  \n**Status:** Open  \nmore", "**Owner:** Ann  \n**Status:** Resolved  \nmore"),
        (
            "| Field | Value |\n| --- | --- |\n| **Status** | 🔴 Open |",
            "| Field | Value |\n| --- | --- |\n| **Status** | ✅ Resolved |"
        ),
        ("1. Status: Open", "1. Status: Resolved"),
        ("**Status:** OPEN <!-- Ann -->", "**Status:** RESOLVED <!-- Ann -->"),
        ("**Status:** 🔴 OPEN\n\n- ⏳ Pending: tell customers", "**Status:** ✅ RESOLVED\n\n- ⏳ Pending: tell customers"),
        ("### Status\n\n🔴 OPEN", "### Status\n\n✅ RESOLVED"), ("### Status: Open\n\nx", "### Status: Resolved\n\nx"),
        ("| Status | OPEN |\n| --- | --- |\n| Owner | Ann |", "| Status | RESOLVED |\n| --- | --- |\n| Owner | Ann |"),
        ("### Symptom\n\nx\n\n### Status\n- Open", "### Symptom\n\nx\n\n### Status\n- Resolved"),
        ("**Status:** OPEN\n| a |\n| - |\n| b |", "**Status:** RESOLVED\n| a |\n| - |\n| b |"),
    ])
    func fieldsAreChanged(text: String, expected: String) throws {
        #expect(try resolved("## BUG-3\n\n\(text)\n") == "## BUG-3\n\n\(expected)\n")
        let windows = "## BUG-3\n\n\(text)\n".replacing("\n", with: "\r\n")
        #expect(try resolved(windows) == "## BUG-3\n\n\(expected)\n".replacing("\n", with: "\r\n"))
    }

    @Test(arguments: [
        "**Symptom:** HTTP status 500 when a new user registers",
        "**Symptom:** `broadcast_status` stays `pending` for ever.",
        "See [Open the dashboard](https://x.example/).", "open the door", "```\nStatus: open\n```", "Status: `open`",
        "**Status:** Open, since the new release is pending", "**Status:** Open (since Monday)",
        "**Status:** 🔴 OPEN — fix pending review", "**Status:** Open. New users see it.",
        "**Status:** ✅ FIXED — new build pending", "**Status:** ✅ RESOLVED (was 🔴 OPEN)", "**Status:** ~~OPEN~~ FIXED",
        "Status: New users cannot log in", "**Status:** Open / In progress / Resolved", "Status: Open | Closed",
        "**Status:** OPEN → FIXED", "> Status: open", "- Related: BUG-7\n  - Status: open",
        "- x\n\n  ```\n  Status: open\n  ```",
        "<div>\nStatus: open\n</div>", "`code\nStatus: open\ncode`", "Status code: open", "[Status: open](x)",
        "| Status | Owner |\n| --- | --- |\n| Open | Ann |", "#### Sub\n\n**Status:** open", "**Status:** 🔴 Critical",
        "### BUG-4\n\n#### Status\n\nopen", "Status: [Open](https://x.example/)", "**Status:** won't fix",
        "**Status:**\n\nopen",
    ])
    func otherTextStays(text: String) throws {
        #expect(
            try resolved("## BUG-3\n\n\(text)\n\n## Next\n\nStatus: open\n")
                == "## BUG-3\n\n\(text)\n\n## Next\n\nStatus: open\n"
        )
    }

    @Test(arguments: [
        ("## 🔴 BUG-3\n\n**Status:** 🔴 Open\n", "## ✅ BUG-3\n\n**Status:** ✅ Resolved\n"),
        (
            "## 🔴 BUG-3\n\n**Severity:** High\n\n**Status:** Open\n",
            "## 🔴 BUG-3\n\n**Severity:** High\n\n**Status:** Resolved\n"
        ),
        (
            "## 🔴 BUG-3\n\nSeverity: 🔴 High | Status: 🔴 Open\n",
            "## 🔴 BUG-3\n\nSeverity: 🔴 High | Status: ✅ Resolved\n"
        ),
        ("## 🔴 BUG-3\n\n🔴 = critical\n", "## 🔴 BUG-3\n\n🔴 = critical\n"),
        ("## 🟡 BUG-3\n\n**Status:** 🔴 Open\n", "## 🟡 BUG-3\n\n**Status:** ✅ Resolved\n"),
        (
            "## BUG-3 🔴 OPEN\n\n**Status:** 🔴 OPEN\n\n## C 🔴 OPEN\n",
            "## BUG-3 ✅ RESOLVED\n\n**Status:** ✅ RESOLVED\n\n## C 🔴 OPEN\n"
        ),
        ("## BUG-3 ✅ FIXED\n\n**Status:** 🔴 OPEN\n", "## BUG-3 ✅ FIXED\n\n**Status:** 🔴 OPEN\n"),
        ("## BUG-3 🔴 OPEN\n\n**Status:** fixed\n", "## BUG-3 🔴 OPEN\n\n**Status:** fixed\n"),
        ("## ✅ BUG-3 check mark\n\nStatus: open\n", "## ✅ BUG-3 check mark\n\nStatus: resolved\n"),
        ("BUG-3 🔴 OPEN\n---\n", "BUG-3 ✅ RESOLVED\n---\n"),
    ])
    func headingAndFieldAgree(entry: String, expected: String) throws {
        #expect(try resolved(entry) == expected)
    }

    @Test(arguments: [
        ("## BUG-3\n\nStatus: open\n", StatusOutcome.changed([.init(from: "open", to: "resolved", line: 6)])),
        ("## BUG-3 🔴 **OPEN**\n", .changed([.init(from: "🔴 OPEN", to: "✅ RESOLVED", line: 4)])),
        ("## BUG-3\n\nStatus: ✅ Fixed, later\n", .alreadyResolved("✅ Fixed", line: 6)),
        ("## BUG-3\n", .notFound(unclearLine: nil)),
        ("## BUG-3\n\nStatus: see below\n", .notFound(unclearLine: 6)),
    ])
    func itSaysWhatItDid(entry: String, outcome: StatusOutcome) throws {
        let text = "---\n---\n# Bugs\n" + entry
        #expect(try SampleEvidence.attached(text, "BUG-3").status == outcome)
        #expect(try SampleEvidence.attached(text, "BUG-3", status: .unchanged).status == .notAsked)
    }

    @Test func anEntryOfAssaysKeepsItsStatusItself() throws {
        let run = SampleRuns.run(0, [.init(id: "missing", before: 2)])
        let document = try Document("# Bugs\n").bugs(run)
        let evidence = try SampleEvidence.attached(document.text, "missing")
        #expect(evidence.status == .kept && evidence.document.text.contains("OPEN"))
    }
}
