package import AuditModel
package import Templating

/// The report of a run as HTML and as Markdown, in the run's own folder and as the latest of the output folder.
package struct RunPages: Sendable {
    private let templates: Templates

    package init(templates: Templates) {
        self.templates = templates
    }

    /// Depends on nothing but the run and the templates.
    package func render(_ run: Run) -> [SiteFile] {
        let report = Report(run)
        let folder = "runs/\(run.id)/"
        return render(report, into: folder, linksFrom: "") + render(report, into: "", linksFrom: folder)
    }

    /// - Parameter base: the way from the page to the run's folder.
    private func render(_ report: Report, into folder: String, linksFrom base: String) -> [SiteFile] {
        let view = PageView(report, base: base, templates: templates)
        return [
            SiteFile(path: folder + "index.html", contents: templates.render(view, with: "pages/run.html")),
            SiteFile(path: folder + "index.md", contents: templates.render(view, with: "pages/run.md")),
        ]
    }
}
