package import Templating

extension RunPages {
    /// The templates of pages that are not included by others, each with what it shows.
    package static let templates: [String: any View.Type] = [
        "pages/run.html": PageView.self, "pages/run.md": PageView.self,
    ]
}
