import CommonMark
import Templating

/// A link to a document that tells of the run as well.
struct DocumentView: View {
    let link: DocumentLink
    /// The way from the page to the output folder.
    let root: String

    static let fields = Fields<DocumentView>([
        "href": .text { $0.root + $0.link.path },
        "name": .text { MarkdownEscaping.visible($0.link.name) },
    ])
}
