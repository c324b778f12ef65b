import AuditModel
import TestSupport
import Testing

@testable import LivingDocuments

/// Bugs' entries of any document, edited at random between nights.
struct TouchedPropertyTests {
    private static let notes = [
        "Ann was here %.", "- note %", "  - nested %", "| a | % |\n| - | - |\n| b | c |", "> quote %",
        "```\ncode %\n```", "1. first %",
        "**Root cause:** guess %", "[ref%]: https://example.org", "#### Part %", "<b>% bold</b>", "* star %",
        "---\nNote %",
    ]

    private func run(_ night: Int, _ generator: inout SeededGenerator) -> Run {
        let before = Int.random(in: 0...3, using: &generator)
        let repaired = Bool.random(using: &generator) ? Int.random(in: 0...before, using: &generator) : nil
        return SampleRuns.run(
            night,
            [.init(id: "a", before: before, repaired: repaired, users: ["ann", "bob"])],
            mode: repaired == nil ? .audit : .fix
        )
    }

    /// Adds a note between two lines of an entry, or removes a line; nil where nothing can be done.
    private func edited(_ document: Document, _ count: Int, _ generator: inout SeededGenerator) throws -> (
        Document, String?
    )? {
        guard let entry = Outline(document).entries.last(where: { $0.marker.goesOn == nil }) else { return nil }
        var lines = String(decoding: entry.text, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
            .map(String.init)
        let place = Int.random(in: 0..<lines.count, using: &generator)
        let note = (Self.notes.randomElement(using: &generator) ?? "").replacing("%", with: "n\(count)n")
        let isRemoval = Int.random(in: 0..<4, using: &generator) == 0
        // What a person wrote is not what is removed here.
        let isNote = lines[place].contains(/n\d+n|```|^\| [abc-] \||^---$/)
        if isRemoval, isNote { return nil }
        if isRemoval {
            lines.remove(at: place)
        } else {
            lines.insert(contentsOf: Bool.random(using: &generator) ? ["", note, ""] : [note], at: place)
        }
        let text = Array(lines.joined(separator: document.newline.rawValue).utf8)
        let next = document.applying([Edit(range: entry.body, bytes: text)])
        // What opens something that swallows the last comment is no entry any more.
        guard Outline(next).entries.count == Outline(document).entries.count else { return nil }
        return (next, isRemoval ? nil : note)
    }

    @Test(
        "F2: whatever people do in an entry, their words stay, and one entry tells how the bug stands",
        arguments: 0..<6
    )
    func edits(part: Int) throws {
        var generator = SeededGenerator(state: UInt64(part) * 1000 + 5)
        for round in 0..<60 {
            var document = try Document(bytes: GeneratedDocument(using: &generator).bytes)
            var notes: [String] = []
            for night in 0..<5 {
                let run = run(night, &generator)
                let next = try document.bugs(run)
                let place = "part \(part), round \(round), night \(night):\n\(document.text)\nmade\n\(next.text)"
                for note in notes where !next.text.contains("n\(note)n") {
                    Issue.record("note \(note) is gone in \(place)")
                    return
                }
                let live = Outline(next).entries.filter { $0.marker.kind == .bug && $0.marker.goesOn == nil }
                let again = try next.bugs(run)
                #expect(live.count <= 1 && again == next, "\(place)")
                if let entry = live.first {
                    let status = BugHistory(entry.marker.history ?? "").status
                    let told = String(decoding: entry.text, as: UTF8.self).split(separator: "\n").filter {
                        $0.contains("**Status:**")
                    }
                    #expect(told.allSatisfy { $0.contains(status.word) }, "\(place)")
                }
                document = next
                if let (edited, note) = try edited(document, round * 10 + night, &generator) {
                    document = edited
                    if note != nil { notes.append("\(round * 10 + night)") }
                }
            }
        }
    }
}
