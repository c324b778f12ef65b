import AuditModel
import Testing

@testable import LivingDocuments

struct EvidenceTests {
    private let run = SampleRuns.run(0, [.init(id: "a", before: 4, repaired: 4, users: ["ann"])], mode: .fix)

    private func attach(_ text: String, _ bug: String, status: AttachedStatus = .resolved) throws -> EvidenceAttachment
    {
        try attachEvidence(
            of: run,
            to: Document(text),
            bug: bug,
            status: status,
            verdict: SampleRuns.verdict,
            repaired: [RepairedKeys(check: "a", keys: ["-1001, -1002"], count: 4)],
            templates: SampleRuns.templates,
            links: SampleRuns.links
        )
    }

    private func document(_ attachment: EvidenceAttachment) throws -> Document {
        guard case .attached(let document, _, _) = attachment else { throw DocumentError(.busy, "\(attachment)") }
        return document
    }

    private let bugs =
        "# Bugs\n\n## BUG-1: one 🔴 OPEN\n\ntext\n\n---\n\n## BUG-12: twelve\n\n**Status:** Open (Ann)\n\n"
        + "### Notes\n\nmore\n\n## BUG-13: login fails\n"

    @Test(arguments: [
        ("BUG-1", "BUG-1: one 🔴 OPEN"), ("twelve", "BUG-12: twelve"), ("bug-12: TWELVE", "BUG-12: twelve"),
        ("login", "BUG-13: login fails"),
    ])
    func entriesAreFound(query: String, heading: String) throws {
        guard case .attached(let document, let bug, _) = try attach(bugs, query, status: .unchanged) else {
            Issue.record("not found")
            return
        }
        #expect(bug == heading)
        #expect(document.removingEntries().text == bugs)
        let again = try self.document(attach(document.text, query, status: .unchanged))
        #expect(again == document)
    }

    @Test func othersAreListed() throws {
        #expect(
            try attach(bugs, "BUG")
                == .ambiguous(candidates: ["BUG-1: one 🔴 OPEN", "BUG-12: twelve", "BUG-13: login fails"])
        )
        guard case .missing(let candidates) = try attach(bugs, "nothing") else {
            Issue.record("found")
            return
        }
        #expect(candidates.count == 4)
    }

    @Test func evidenceStandsBelowTheEntry() throws {
        let text = try document(attach(bugs, "BUG-12")).text
        #expect(text.contains("more\n\n<!-- assay:begin run=\(run.id) kind=evidence "))
        #expect(text.contains("<!-- assay:end -->\n\n## BUG-13"))
        #expect(text.contains("| ann | 4 | 4 | 0 |"))
        #expect(text.contains("Repaired by `a`: -1001, -1002, and 3 more"))
        #expect(text.contains("`assay undo \(run.id)`"))
        let ruled = try document(attach(bugs, "BUG-1")).text
        #expect(ruled.contains("text\n\n<!-- assay:begin"))
        #expect(ruled.contains("<!-- assay:end -->\n\n---\n\n## BUG-12"))
    }

    @Test(arguments: [
        ("## B 🔴 OPEN\n", "## B ✅ RESOLVED\n"), ("## 🔴 B\n", "## ✅ B\n"), ("## [OPEN] B\n", "## [RESOLVED] B\n"),
        ("## B\n\n**Status:** ⏳ In progress, Ann\n", "## B\n\n**Status:** ✅ Resolved, Ann\n"),
        ("## B\n\nStatus: open\n", "## B\n\nStatus: resolved\n"),
        ("## B\n\n- **Status**: OPEN\n", "## B\n\n- **Status**: RESOLVED\n"),
        ("## B\n\nopen the door\n", "## B\n\nopen the door\n"),
        ("## B\n\n```\nStatus: open\n```\n", "## B\n\n```\nStatus: open\n```\n"),
        (
            "## B 🔴 OPEN\n\n**Status:** 🔴 OPEN\n\n## C 🔴 OPEN\n",
            "## B ✅ RESOLVED\n\n**Status:** ✅ RESOLVED\n\n## C 🔴 OPEN\n"
        ),
        ("## ✅ A\n\n## B\n\nStatus: **open**\n", "## ✅ A\n\n## B\n\nStatus: **✅ resolved**\n"),
    ])
    func statusInTheDocumentsOwnStyle(text: String, expected: String) throws {
        #expect(try document(attach("# Bugs\n\n" + text, "B")).removingEntries().text == "# Bugs\n\n" + expected)
    }
}
