import AuditModel
import Testing

@testable import LivingDocuments

/// Entries of bugs that a person removed.
struct RemovedBugsTests {
    private func run(_ night: Int, _ before: Int) -> Run {
        SampleRuns.run(night, [.init(id: "a", before: before), .init(id: "b", before: 1)])
    }

    private func updating(_ document: Document, _ run: Run, _ memory: inout DocumentMemory) throws -> (
        Document, [String]
    ) {
        let known = memory.entries(of: "BUGS.md")
        let removed = known.removedBugs(from: document, for: run)
        let next = try BugsDocument.updating(
            document,
            with: run,
            known: known,
            templates: SampleRuns.templates,
            links: SampleRuns.links
        )
        memory.add(DocumentChange(path: "BUGS.md", old: document.bytes, new: next.bytes), of: "BUGS.md")
        for told in removed.told { memory.add(told, of: "BUGS.md") }
        for ended in removed.ended { memory.end(ended, of: "BUGS.md") }
        // As it is kept in files.
        memory = DocumentMemory([memory.text])
        return (next, removed.told.map(\.notice))
    }

    private func checks(_ document: Document) -> [String] {
        Outline(document).entries.compactMap(\.marker.check).sorted()
    }

    @Test("As a reader: a removed entry does not come back by itself, is told once, and comes with the bug's return")
    func staysAway() throws {
        var memory = DocumentMemory()
        var (document, notices) = try updating(Document("# Bugs\n\nx\n"), run(0, 3), &memory)
        #expect(checks(document) == ["a", "b"] && notices == [])
        let entry = try #require(Outline(document).entries.first { $0.marker.check == "a" })
        document = document.applying([Edit(range: Outline(document).whole(entry), bytes: [])])
        let removed = document
        (document, notices) = try updating(document, run(1, 3), &memory)
        #expect(document == removed)
        #expect(notices.count == 1 && notices[0].hasPrefix("the entry of `a` was removed"), "\(notices)")
        (document, notices) = try updating(document, run(2, 5), &memory)
        #expect(document == removed && notices == [])
        (document, notices) = try updating(document, run(3, 0), &memory)
        #expect(document == removed && notices == [])
        (document, notices) = try updating(document, run(4, 2), &memory)
        #expect(checks(document) == ["a", "b"] && notices == [], "\(document.text)")
        #expect(document.text.contains("🔁 REGRESSED") || document.text.contains("REGRESSED"))
    }

    @Test("As a reader: a document that was begun anew gets its entries again")
    func begunAnew() throws {
        var memory = DocumentMemory()
        _ = try updating(Document("# Bugs\n\nx\n"), run(0, 3), &memory)
        let (document, notices) = try updating(Document(""), run(1, 3), &memory)
        #expect(checks(document) == ["a", "b"] && notices == [])
    }

    @Test("As a reader: the entry of a resolved bug may go, and a return is told with its history")
    func tidied() throws {
        var memory = DocumentMemory()
        var (document, _) = try updating(Document("# Bugs\n\nx\n"), run(0, 3), &memory)
        (document, _) = try updating(document, run(1, 0), &memory)
        let entry = try #require(Outline(document).entries.first { $0.marker.check == "a" })
        document = document.applying([Edit(range: Outline(document).whole(entry), bytes: [])])
        let quiet = try updating(document, run(2, 0), &memory)
        #expect(quiet.0 == document && quiet.1 == [])
        let (back, notices) = try updating(document, run(3, 2), &memory)
        #expect(back.text.contains("opened [2026-11-23]") && notices == [], "\(back.text)")
    }
}
