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
        let text = templates.render(NewDocumentView(run: run), with: template)
        return Document(valid: bytes + Array(text.utf8))
    }
}
