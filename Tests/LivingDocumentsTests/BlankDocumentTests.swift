import AuditModel
import Testing

@testable import LivingDocuments

struct BlankDocumentTests {
    private let run = SampleRuns.run(0, [.init(id: "a", before: 1)])

    @Test(arguments: [
        ("", ""), ("\n", ""), ("   ", ""), (" \n\t\n", ""), ("\u{FEFF}\n", "\u{FEFF}"),
        ("---\ntitle: x\n---\n", "---\ntitle: x\n---\n\n"), ("---\ntitle: x\n---", "---\ntitle: x\n---\n\n"),
        ("---\ntitle: x\n---\n\n \n", "---\ntitle: x\n---\n\n"),
    ])
    func isBegun(text: String, start: String) throws {
        let document = try Document(text).progress(run).text
        #expect(document.hasPrefix("\(start)# Progress\n\n"))
        #expect(document.contains("\n## 2026-11-23 Broadcast manager: "))
        #expect(try Document(text).bugs(run).text.hasPrefix("\(start)# Bugs\n\n"))
        let quiet = SampleRuns.run(0, [.init(id: "a", before: 0)])
        #expect(try Document(text).bugs(quiet).text == text)
    }

    @Test func lineEndsStay() throws {
        let text = try Document("---\r\ntitle: x\r\n---\r\n").progress(run).text
        #expect(text.hasPrefix("---\r\ntitle: x\r\n---\r\n\r\n# Progress\r\n"))
        #expect(!text.replacing("\r\n", with: "").contains("\n"))
    }
}
