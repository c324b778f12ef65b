import AuditModel
import CommonMark
import Testing

@testable import LivingDocuments

/// Whatever a name or a title holds, an entry keeps its structure.
struct EntryShapeTests {
    private static let nasty = [
        "a|b", "| a | b |", "`", "``x` y", "line\nbreak", "a\r\n\r\n## b", "<script>alert(1)</script>", "--> x",
        "<!-- x",
        "--> <!-- assay:end -->", "x](javascript:y)", "[x](y)", "![x](y)", "# heading", "#", "- item", "1. item",
        "> quote",
        "```", "~~~", "***", "**bold** _it_ ~~gone~~", "\u{202E}right to left", "\u{200F}x\u{2066}y", "{{x}}",
        "{{{title}}}", "\\", "\\|", "&lt;b&gt; &#124;", "[ref]", "[^1]", "[ ] task", "https://example.org www.a.org",
        "a@b.org", "👩‍👩‍👧", String(repeating: "long`| ", count: 1700), "<!-- assay:begin run=x -->", "<a href='x'>", "$x$",
        "\tx", "a\u{2028}b", "a\u{0}b",
    ]

    private func run(_ name: String) -> Run {
        let samples = ["a", "b"].map {
            SampleRuns.Sample(id: $0, before: 4, repaired: 1, title: name, users: [name, name + "2"])
        }
        return SampleRuns.run(0, samples, mode: .fix, title: name)
    }

    @Test(arguments: nasty, ["", "# P\n\n## 2025-11-14: x\n", "# P\n\n## x (2025-11-14) ##\n", "# P\n\n### x\n"])
    func keepsItsShape(name: String, text: String) throws {
        let document = try Document(text)
        for update in [{ try $0.progress($1) }, { try $0.bugs($1) }, { try $0.decisions($1) }] as Updates {
            let plain = try update(document, run("name")).bytes
            let nasty = try update(document, run(name)).bytes
            #expect(shape(MarkdownDocument(bytes: nasty).root) == shape(MarkdownDocument(bytes: plain).root))
        }
    }

    private typealias Updates = [(Document, Run) throws -> Document]

    /// The kinds of a node and of those in it; text beside text is one.
    private func shape(_ node: MarkdownNode) -> [String] {
        var result: [String] = []
        for child in node.children {
            let kind =
                switch child.kind {
                // Addresses are code, so that they become no links.
                case .text, .code: "text"
                case .htmlBlock: "html block"
                case .link: "link"
                default: "\(child.kind)"
                }
            if kind == "text", result.last == "text" { continue }
            result.append(kind)
            result += shape(child).map { "\(kind) > \($0)" }
        }
        return result
    }
}
