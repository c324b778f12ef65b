import CommonMark
import Testing

@testable import LivingDocuments

struct EvidencePropertyTests {
    /// To every entry of many documents, one after the other.
    @Test(arguments: 0..<4)
    func onlyEvidenceIsAdded(part: Int) throws {
        var generator = SeededGenerator(state: UInt64(part) * 1000 + 7)
        for round in 0..<250 {
            let original = try Document(bytes: GeneratedDocument(using: &generator).bytes)
            for (_, heading) in Outline(original).bugHeadings {
                let place = "part \(part), round \(round), \(heading.text) in \(original.text.debugDescription)"
                guard case .attached(let once) = try SampleEvidence.attach(original, heading.text, status: .unchanged)
                else { continue }
                #expect(once.block == .added, "\(place)")
                #expect(once.document.removingEntries() == original.removingEntries(), "\(place)")
                #expect(Self.shapes(once.document) == Self.shapes(original), "\(place)")
                try Self.expectSame(once, heading.text, .unchanged, place)
                guard case .attached(let resolved) = try SampleEvidence.attach(original, heading.text) else { continue }
                try Self.expectSame(resolved, heading.text, .resolved, place)
            }
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

/// A node without its place.
private struct Shape: Equatable {
    var kind: MarkdownNode.Kind
    var children: [Shape]

    init(_ node: MarkdownNode) {
        kind = node.kind
        children = node.children.map(Shape.init)
    }
}
