import AuditModel
import CommonMark
import Foundation
import Testing

@testable import LivingDocuments

/// Documents of all styles, each with the place that its owner would choose; `Places/` has them.
///
/// A document begins with `⟦kind HEADING⟧`, which is how its new entry begins. `⟦*⟧` marks the place, or `⟦open⟧` and
/// `⟦resolved⟧` the two of a run that opens one bug and resolves another; a heading may stand in those, too.
struct PlaceTests {
    struct Sample: CustomTestStringConvertible {
        let name: String
        let kind: String
        let text: String
        /// The offset of each place in the text, with how its entry begins.
        let places: [(name: String, offset: Int, heading: String)]

        var testDescription: String { name }

        init(_ name: String, _ kind: String, _ heading: String, _ lines: [Substring]) {
            self.name = name
            self.kind = kind
            var text = ""
            var places: [(String, Int, String)] = []
            for line in lines {
                if line.hasPrefix("⟦") {
                    let words = line.dropFirst().prefix { $0 != "⟧" }.split(separator: " ", maxSplits: 1)
                    let own = words.count > 1 ? String(words[1]) : heading
                    places.append((words.first.map(String.init) ?? "", text.utf8.count, own))
                } else {
                    text += line + "\n"
                }
            }
            self.text = text
            self.places = places
        }
    }

    static let samples: [Sample] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Places")
        var samples: [Sample] = []
        for file in ["order", "bugs", "languages", "forms"] {
            let text = (try? String(contentsOf: folder.appending(path: "\(file).md"), encoding: .utf8)) ?? ""
            var head: (kind: String, heading: String, line: Int)?
            var lines: [Substring] = []
            let all = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            for (number, line) in all.enumerated() {
                let words = line.dropFirst().dropLast().split(separator: " ", maxSplits: 1)
                if line.hasPrefix("⟦"), words.count == 2, ["progress", "bugs", "decisions"].contains(words[0]) {
                    if let head { samples.append(Sample("\(file):\(head.line)", head.kind, head.heading, lines)) }
                    (head, lines) = ((String(words[0]), String(words[1]), number + 1), [])
                } else {
                    lines.append(line)
                }
            }
            if let head { samples.append(Sample("\(file):\(head.line)", head.kind, head.heading, lines)) }
        }
        return samples
    }()

    private static let run = SampleRuns.run(
        0,
        [.init(id: "open", before: 1), .init(id: "over", before: 2, repaired: 2)],
        mode: .fix,
        title: "Suite"
    )

    private func update(_ document: Document, _ kind: String) throws -> Document {
        switch kind {
        case "progress": try document.progress(Self.run)
        case "decisions": try document.decisions(Self.run)
        default: try document.bugs(Self.run)
        }
    }

    @Test func thereAreManyDocuments() { #expect(Self.samples.count >= 60, "\(Self.samples.count)") }

    @Test("F4–F13, F18, F31: the entry stands where the document's owner would put it", arguments: samples)
    func place(sample: Sample) throws {
        let original = try Document(sample.text)
        let updated = try update(original, sample.kind)
        let entries = Outline(updated).entries
        #expect(updated.removingEntries() == original)
        #expect(try update(updated, sample.kind) == updated)
        var added = 0
        for entry in entries {
            let text = String(decoding: updated.bytes[entry.range], as: UTF8.self)
            let state = entry.marker.check == "over" ? "resolved" : "open"
            let place = sample.places.first { $0.name == "*" || $0.name == state }
            // Where it would stand in the original, empty lines aside.
            let offset = entry.range.lowerBound - added
            added += entry.range.count + entry.marker.lead + 1 + entry.marker.tail
            let expected = try #require(place, "\(text)")
            let isBlank: (UInt8) -> Bool = { $0 == 0x0A }
            let between = original.bytes[min(offset, expected.offset)..<min(max(offset, expected.offset), original.bytes.count)]
            #expect(between.allSatisfy(isBlank), "\(updated.text)")
            let first = text.split(separator: "\n").dropFirst().first ?? ""
            if place?.name != "*" || state == "open" || sample.kind != "bugs" {
                #expect(first.hasPrefix(expected.heading), "\(first)")
            }
        }
        #expect(!entries.isEmpty)
    }

    @Test("F12: what people wrote reads as before, in every form", arguments: samples)
    func shape(sample: Sample) throws {
        for text in [sample.text, sample.text.replacing("\n", with: "\r\n"), String(sample.text.dropLast())] {
            let original = try Document(text)
            let updated = try update(original, sample.kind)
            let outline = Outline(updated)
            let people = zip(outline.blocks, outline.root.children).filter { outline.entry(at: $0.0.start) == nil }
            #expect(people.map { Shape($0.1) } == Outline(original).root.children.map(Shape.init), "\(updated.text)")
            #expect(updated.removingEntries() == original)
        }
    }
}
