package import AuditModel
package import Templating

/// The report of a run as HTML and as Markdown, in the run's own folder and as the latest of the output folder.
package struct RunPages: Sendable {
    private let templates: Templates

    package init(templates: Templates) {
        self.templates = templates
    }

    /// Depends on nothing but its parameters and the templates.
    ///
    /// - Parameter hasReport: of an earlier run, whether its report lies in the same output folder.
    package func render(
        _ run: Run,
        documents: [DocumentLink] = [],
        hasReport: (RunID) -> Bool = { _ in false }
    ) -> [SiteFile] {
        let report = Report(run)
        let folder = "runs/\(run.id)/"
        let undone = run.undoes.flatMap { hasReport($0) ? "runs/\($0)/index" : nil }
        return [(folder, "", "../../"), ("", folder, "")].flatMap { place, base, root in
            let views = documents.map { DocumentView(link: $0, root: root) }
            return ["html", "md"].map { format in
                let page = PageView(
                    report,
                    base: base,
                    undoneReport: undone.map { "\(root)\($0).\(format)" },
                    documents: views,
                    templates: templates
                )
                let contents = templates.render(page, with: "pages/run.\(format)")
                return SiteFile(path: "\(place)index.\(format)", contents: contents)
            }
        }
    }
}
