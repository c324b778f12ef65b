import CommonMark
import TestSupport
import Testing

@testable import LivingDocuments

struct EvidencePropertyTests {
    @Test(arguments: 0..<4)
    func onlyEvidenceIsAdded(part: Int) throws {
        var generator = SeededGenerator(state: UInt64(part) * 1000 + 7)
        for _ in 0..<40 { try Self.check(Document(bytes: GeneratedDocument(using: &generator).bytes)) }
        for _ in 0..<120 { try Self.check(Document(GeneratedBugs(using: &generator).text)) }
    }

    /// Attaches to every entry of a document that has a name of its own.
    private static func check(_ original: Document) throws {
        let outline = Outline(original)
        for (index, heading) in outline.bugHeadings {
            let place = "\(heading.text) in \(original.text.debugDescription)"
            guard case .attached(let once) = try SampleEvidence.attach(original, heading.text, status: .unchanged),
                once.line == original.line(at: outline.blocks[index].start)
            else { continue }
            #expect(once.block == .added, "\(place)")
            #expect(once.document.removingEntries() == original.removingEntries(), "\(place)")
            #expect(shapes(once.document) == shapes(original), "\(place)")
            #expect(Self.names(once.document) == Self.names(original), "\(place)")
            try expectSame(once, heading.text, .unchanged, place)
            guard case .attached(let resolved) = try SampleEvidence.attach(original, heading.text) else { continue }
            try expectSame(resolved, heading.text, .resolved, place)
            try expectStatusOnly(resolved, once, place)
        }
    }

    /// Only the lines that are said to be changed are, and only where it is said.
    private static func expectStatusOnly(_ resolved: AttachedEvidence, _ unchanged: AttachedEvidence, _ place: String)
        throws
    {
        var lines = unchanged.document.text.split(separator: /\r\n|\r|\n/, omittingEmptySubsequences: false).map(
            String.init
        )
        let found = resolved.document.text.split(separator: /\r\n|\r|\n/, omittingEmptySubsequences: false).map(
            String.init
        )
        guard found.count == lines.count else {
            Issue.record("other lines: \(place)")
            return
        }
        if case .changed(let changes) = resolved.status {
            for line in Set(changes.map(\.line)) {
                #expect(found[line - 1] != lines[line - 1], "\(place)")
                lines[line - 1] = found[line - 1]
            }
        }
        #expect(found == lines, "\(place)")
    }

    /// The headings with the markers that name them.
    private static func names(_ document: Document) -> [String] {
        let outline = Outline(document)
        return outline.bugHeadings.map { index, heading in
            "\(heading.text): \(BugSearch(outline).markers(of: index))"
        }
    }

    private static func expectSame(_ once: AttachedEvidence, _ bug: String, _ status: AttachedStatus, _ place: String)
        throws
    {
        // A status in the heading changes its name.
        let outline = Outline(once.document)
        let name = outline.headings.first { once.document.line(at: outline.blocks[$0.index].start) == once.line }?
            .heading.text
        guard case .attached(let twice) = try SampleEvidence.attach(once.document, name ?? bug, status: status) else {
            Issue.record("not found again: \(place)")
            return
        }
        #expect(twice.document == once.document, "\(place)")
        #expect(twice.block == .unchanged, "\(place)")
    }

    /// What people wrote, as it reads.
    private static func shapes(_ document: Document) -> [Shape] {
        let outline = Outline(document)
        return zip(outline.blocks, outline.root.children).compactMap { block, node in
            outline.entries.contains { $0.marker.kind == .evidence && $0.range.contains(block.start) }
                ? nil : Shape(node)
        }
    }
}
