import AuditModel
import CommonMark
import TestSupport
import Testing

@testable import LivingDocuments

struct PropertyTests {
    private static let nasty = [
        "a|b", "`", "``x`", "line\nbreak", "<script>alert(1)</script>", "--> <!-- assay:end -->", "x](javascript:y)",
        "# heading", "- item", "```", "~~~", "\u{202E}right to left", "{{x}}", "", " ", "\\", "&amp;", "[ref]", "👩‍👩‍👧",
        String(repeating: "long ", count: 60), "a\r\n\r\n## b", "<!-- assay:begin run=x -->", "===", "***", "|",
        "a@b.org",
    ]

    private static func runs(_ generator: inout SeededGenerator) -> [Run] {
        (0..<3).map { night in
            let samples = (0..<3).map { check in
                let users = (0..<3).map { _ in nasty.randomElement(using: &generator) ?? "" }
                let before = Bool.random(using: &generator) ? Int.random(in: 0...5, using: &generator) : 0
                let isMeasured = Int.random(in: 0..<8, using: &generator) > 0
                let repaired = Bool.random(using: &generator) ? Int.random(in: 0...before, using: &generator) : nil
                return SampleRuns.Sample(
                    id: "check-\(check)",
                    before: isMeasured ? before : nil,
                    repaired: repaired,
                    title: nasty.randomElement(using: &generator),
                    documentation: (nasty.randomElement(using: &generator) ?? "") + "\n\nSecond "
                        + (nasty.randomElement(using: &generator) ?? ""),
                    users: users
                )
            }
            return SampleRuns.run(night, samples, mode: .fix, title: nasty.randomElement(using: &generator) ?? "")
        }
    }

    /// cmark-gfm gives a paragraph no lines that stands directly above a table.
    @Test(arguments: [
        "text\n| a |\n| - |\n| 1 |\n", "# T\n\nx\n\nLast updated: 2025-11-14\n| a |\n| - |", "- a\nb\n| a |\n|-|\n",
    ])
    func aParagraphAboveATableIsNoTrouble(text: String) throws {
        for document in [try Document(text), try Document(text + "\n---\n\nend\n")] {
            let run = SampleRuns.run(0, [.init(id: "a", before: 1)])
            for updated in try [document.progress(run), document.bugs(run)] {
                #expect(updated != document && updated.text.contains("| a |"))
            }
            _ = ChecklistDocument.updating(document, with: run)
            _ = try? SampleEvidence.attached(document.text, "T")
        }
    }

    @Test(arguments: 0..<8)
    func onlyEntriesAreAdded(part: Int) throws {
        var generator = SeededGenerator(state: UInt64(part) * 1000 + 1)
        for round in 0..<250 {
            let original = try Document(bytes: GeneratedDocument(using: &generator).bytes)
            let runs = Self.runs(&generator)
            for kind in [round % 3] {
                var document = original
                for run in runs {
                    let next = try Self.update(document, run, kind)
                    let again = try Self.update(next, run, kind)
                    let isSound = again == next && Self.isSound(next, original)
                    guard isSound else {
                        let text = "\(original.text.debugDescription)\nmade\n\(next.text.debugDescription)"
                        Issue.record("part \(part), round \(round), kind \(kind), equal \(again == next):\n\(text)")
                        return
                    }
                    document = next
                }
            }
        }
    }

    @Test func aRunThatCameLateStandsBehindNewerOnes() throws {
        var generator = SeededGenerator(state: 99)
        for _ in 0..<100 {
            let original = try Document(bytes: GeneratedDocument(using: &generator).bytes)
            let runs = (0..<4).map { SampleRuns.run($0, [.init(id: "a", before: $0 + 1)]) }
            var document = original
            for run in runs.shuffled(using: &generator) { document = try document.progress(run, when: .always) }
            let order = Outline(document).entries.map(\.marker.run)
            #expect(order.count == 4)
            let habit = EntryHabit(Outline(original), sections: SectionNames.progress, isDated: true)
            let expected = habit.isOldestFirst ? runs.map(\.id) : runs.map(\.id).reversed()
            #expect(order == expected, "\(original.text.debugDescription)")
            #expect(
                document.removingEntries() == original || original.isEmpty,
                "\(original.text.debugDescription)\n\(document.removingEntries().text.debugDescription)"
            )
        }
    }

    private static func update(_ document: Document, _ run: Run, _ kind: Int) throws -> Document {
        switch kind {
        case 0: try document.progress(run)
        case 1: try document.bugs(run)
        default: try document.decisions(run)
        }
    }

    /// What people wrote is all there, as it was, and reads as before; entries have a structure of their own only.
    private static func isSound(_ document: Document, _ original: Document) -> Bool {
        if original.isEmpty { return true }
        let outline = Outline(document)
        var rest: [Shape] = []
        var areEntriesSound = true
        for (block, node) in zip(outline.blocks, outline.root.children) {
            guard let entry = outline.entries.first(where: { $0.range.contains(block.start) }) else {
                rest.append(Shape(node))
                continue
            }
            areEntriesSound = areEntriesSound && entry.isUntouched
            node.walk { inner in
                switch inner.kind {
                case .codeBlock, .blockQuote, .html, .image, .strikethrough, .item(isChecked: .some):
                    areEntriesSound = false
                case .link(let url, _): areEntriesSound = areEntriesSound && url.hasPrefix("../output/runs/")
                default: break
                }
            }
        }
        return areEntriesSound && document.removingEntries() == original
            && rest == Outline(original).root.children.map(Shape.init)
    }
}
