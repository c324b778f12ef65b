package import AuditModel
package import Templating

/// The report of a run as HTML and as Markdown, in the run's own folder and as the latest of the output folder.
package struct RunPages: Sendable {
    private let templates: Templates

    package init(templates: Templates) {
        self.templates = templates
    }

    /// Depends on nothing but the run, the names of its documents and the templates.
    package func render(_ run: Run, documents: [DocumentLink] = []) -> [SiteFile] {
        let report = Report(run)
        let folder = "runs/\(run.id)/"
        return [(folder, "", "../../"), ("", folder, "")].flatMap { place, base, root in
            let views = documents.map { DocumentView(link: $0, root: root) }
            let page = PageView(report, base: base, documents: views, templates: templates)
            return [
                SiteFile(path: place + "index.html", contents: templates.render(page, with: "pages/run.html")),
                SiteFile(path: place + "index.md", contents: templates.render(page, with: "pages/run.md")),
            ]
        }
    }
}
