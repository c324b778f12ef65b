import Testing

@testable import LivingDocuments

struct BugSearchTests {
    private static let bugs =
        "# Bugs\n\n## Active Bugs\n\n### BUG-1: one 🔴 OPEN\n\ntext\n\n### BUG-12: *twelve* `code`\n\n**Status:** Open\n\n"
        + "#### Notes\n\nmore\n\n### BUG-13: login fails <!-- assay:bug Sign-In -->\n"

    @Test(arguments: [
        ("BUG-1", "5"), ("bug-12: TWELVE code", "9"), ("twelve", "9"), ("login", "17"), ("sign-in", "17"),
        ("## BUG-12", "9"), ("### BUG-13", "17"), ("`BUG-12`", "9"), ("**BUG-12**", "9"), ("*twelve* `code`", "9"),
        ("### BUG-12: *twelve* `code`", "9"), ("  BUG-13  ", "17"), ("Notes", "13"), ("BUG", "several: 5 9 17"),
        ("BUG-2", "none of 5 9 13 17"), ("2", "none of 5 9 13 17"), ("Active Bugs", "none of 5 9 13 17"),
        ("", "none of 5 9 13 17"), ("###", "none of 5 9 13 17"),
    ])
    func entriesAreFound(query: String, expected: String) throws {
        #expect(try SampleEvidence.line(Self.bugs, query) == expected)
    }

    @Test(arguments: [
        ("BUG-1", "BUG-12: x"), ("#1", "Bug #12"), ("BUG-1", "DEBUG-1"), ("v2", "broken in v2.1"), ("1", "BUG-1-2"),
        ("BUG-1", "BUG-1a"), ("BUG-1", "BUG-1.2 x"), ("12", "2025-11-12 x"),
        ("crash 1", "crash 12"),
    ])
    func namesMatchWhole(query: String, heading: String) throws {
        #expect(try SampleEvidence.line("# Bugs\n\n## \(heading)\n", query) == "none of 3")
    }

    @Test(arguments: [
        ("#1", "Bug #1: x"), ("1", "#1 x"), ("BUG-1", "[BUG-1] x"), ("BUG-1", "x (BUG-1)"), ("BUG-1", "BUG-1. x"),
        ("BUG-1", "`BUG-1` x"), ("resend notif", "Resend Notifications"), ("BUG-1: cr", "BUG-1: crash"),
        ("Überlauf", "überlauf"),
    ])
    func partsOfHeadingsMatch(query: String, heading: String) throws {
        #expect(try SampleEvidence.line("# Bugs\n\n## \(heading)\n", query) == "3")
    }

    @Test(arguments: [
        ("# BUG-1: Foo\n\nx\n", "BUG-1", "1"), ("# BUG-1: Foo\n\nx\n\n# BUG-2: Bar\n", "BUG-1", "1"),
        ("# BUG-1: Foo\n\nx\n\n# BUG-2: Bar\n", "BUG", "several: 1 5"), ("# Bugs\n\n# BUG-2: Bar\n", "bug", "3"),
        ("# Foo fails\n\nx\n\n# Bar fails\n", "foo", "1"), ("# Our bugs\n\n## Crash\n", "bugs", "none of 3"),
        ("# Our bugs\n", "bugs", "none of "), ("# BUG-1: Foo\n\n## Symptom\n\nx\n", "BUG-1", "1"),
    ])
    func entriesCanBeOfLevelOne(text: String, query: String, expected: String) throws {
        #expect(try SampleEvidence.line(text, query) == expected)
    }

    @Test(arguments: [
        ("## Open issues\n\nWe fix them.\n\n### Crash\n", "open", "none of 7"),
        ("## High priority\n\n### BUG-1: high load\n", "high", "5"), ("## BUG-2 high\n\n### Symptom\n", "high", "3"),
        ("## Known bugs\n", "known", "3"),
    ])
    func groupsAreNoEntries(text: String, query: String, expected: String) throws {
        #expect(try SampleEvidence.line("# Bugs\n\n" + text, query) == expected)
    }

    @Test func aMarkerBelongsToTheHeadingBelowIt() throws {
        let text = "## Crash\n<!-- assay:bug x1 -->\n## Crash\n<!-- assay:bug x2 -->\n\ntext\n"
        #expect(try SampleEvidence.line(text, "x1") == "3")
        #expect(try SampleEvidence.line(text, "x2") == "3")
        #expect(try SampleEvidence.line(text, "crash") == "several: 1 3")
        let opened = "## One\n<!-- assay:bug x1 -->\n<details>\n\n## Two\n"
        #expect(try SampleEvidence.line(opened, "x1") == "5")
    }

    @Test func listsAreCut() throws {
        let text = "# Bugs\n\n" + (1...25).map { "## Crash \($0)\n\n" }.joined()
        guard case .ambiguous(let candidates) = try SampleEvidence.attach(Document(text), "crash") else {
            Issue.record("found")
            return
        }
        #expect(candidates.shown.count == 20 && candidates.more == 5)
        #expect(candidates.shown[1] == BugCandidates.Candidate(heading: "Crash 2", line: 5))
    }
}

extension BugSearchTests {
    @Test("F14: an id in the entry's text, tables, near names and groups")
    func whatAttachReaches() throws {
        let body = "# Bugs\n\n## Crash\n\n**Bug ID:** BUG-7\n\n## Loop\n\n- **ID**: BUG-8\n"
        #expect(try SampleEvidence.line(body, "BUG-7") == "3")
        #expect(try SampleEvidence.line(body, "bug-8") == "7")
        let table = "# Bugs\n\n## BUG-1\n\n| id | what |\n| --- | --- |\n| BUG-2 | x |\n\n- BUG-3 y\n"
        let hint = { (query: String) -> String? in
            guard case .missing(let candidates) = try SampleEvidence.attach(Document(table), query) else { return nil }
            return candidates.hint
        }
        #expect(try hint("BUG-2") == "line 7 has it in a table, and evidence stands below a heading")
        #expect(try hint("BUG-3") == "line 9 has it in a list, and evidence stands below a heading")
        #expect(try hint("BGU-1") == "did you mean 'BUG-1'?")
        #expect(try hint("zzz") == nil)
        let groups =
            "# Bugs\n\n## Status Legend\n\n🔴 open\n\n## Recently Resolved\n\n## ✅ One\n\nx\n\n## Active\n\n### Two\n"
        #expect(try SampleEvidence.line(groups, "zzz") == "none of 9 15")
    }

    @Test("F14: ids in rows and beside other fields count, ids of other bugs do not, and a heading's own id is first")
    func idsInTheText() throws {
        let text =
            "# Bugs\n\n## Crash\n\n| Field | Value |\n| --- | --- |\n| ID | BUG-55 |\n\n**Severity:** low · **Issue ID:** `X-1`\n\n"
            + "**Related ID:** BUG-9\n\n## BUG-9: Loop\n\n## Again\n\n**ID:** BUG-9\n\n<details>\n<summary>BUG-4</summary>\n"
            + "</details>\n\n**BUG-6** in bold\n"
        #expect(try SampleEvidence.line(text, "BUG-55") == "3")
        #expect(try SampleEvidence.line(text, "x-1") == "3")
        #expect(try SampleEvidence.line(text, "BUG-9") == "13")
        #expect(try SampleEvidence.line("# Bugs\n\n## Crash\n\n**Related ID:** BUG-77\n", "BUG-77") == "none of 3")
        #expect(try SampleEvidence.line("# Bugs\n\n## Crash\n\n**Bug report:** BUG-78\n", "BUG-78") == "none of 3")
        let hint = { (query: String) -> String? in
            guard case .missing(let candidates) = try SampleEvidence.attach(Document(text), query) else { return nil }
            return candidates.hint
        }
        #expect(try hint("BUG-4") == "line 19 has it in HTML, and evidence stands below a heading")
        #expect(try hint("BUG-6") == "line 23 has it in a paragraph, and evidence stands below a heading")
    }
}
