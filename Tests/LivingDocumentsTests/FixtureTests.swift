import AuditModel
import Foundation
import TestSupport
import Testing

@testable import LivingDocuments

/// Documents as teams keep them; `Snapshots/` shows what a run makes of each.
struct FixtureTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    private static let run = SampleRuns.run(
        0,
        [
            .init(id: "missing", before: 5, repaired: 5, title: "Channels without a broadcast", users: ["ana", "bo"]),
            .init(id: "stuck", before: 2, title: "Broadcasts that never end", users: ["cleo"]),
        ],
        mode: .fix
    )

    @Test(arguments: [
        "bom", "crlf", "empty", "fences", "front-matter", "html-comments", "nested-lists", "no-final-newline",
        "oldest-first", "readme", "setext", "tables", "tabs", "unclosed-fence",
    ])
    func becomes(name: String) throws {
        let original = try Document(bytes: Array(Data(contentsOf: Self.folder.appending(path: "\(name).md"))))
        for (kind, document) in [("progress", try original.progress(Self.run)), ("bugs", try original.bugs(Self.run))] {
            try expectSnapshot(document.text, named: "\(name).\(kind).md")
            #expect(original.isEmpty || document.removingEntries().bytes.count == original.bytes.count)
        }
    }

    /// Version control must leave these bytes alone.
    @Test func fixturesAreAsTheyWereWritten() throws {
        let bytes = { (name: String) in try Data(contentsOf: Self.folder.appending(path: name)) }
        #expect(try bytes("crlf.md").count { $0 == 0x0D } == 15)
        #expect(try bytes("bom.md").starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(try bytes("no-final-newline.md").last == UInt8(ascii: "s"))
        #expect(try bytes("empty.md").isEmpty)
    }
}
