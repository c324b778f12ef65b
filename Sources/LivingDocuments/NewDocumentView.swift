import AuditModel
import Templating

/// A document at its beginning.
struct NewDocumentView: View {
    let run: Run

    static let fields = Fields<NewDocumentView>([
        "suite_title": .text { $0.run.suite.title.shortened(to: 200) }
    ])
}

extension Document {
    /// The document, begun from a template when nothing stands in it.
    func begun(_ run: Run, with template: String, _ templates: Templates) -> Document {
        guard isEmpty else { return self }
        var start = Array(bytes[..<bodyStart])
        if bodyStart > 3 {
            // Front matter, whose last line may have no end yet.
            start += newline.apply(to: start.newlineStart(before: start.count) == nil ? "\n\n" : "\n")
        }
        let text = templates.render(NewDocumentView(run: run), with: template)
        return Document(valid: start + newline.apply(to: text))
    }
}
