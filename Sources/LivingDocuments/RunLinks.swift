import AuditModel

/// The way from a document to the pages of runs.
package struct RunLinks: Sendable {
    /// The relative path of the output folder, percent-encoded, or its address, with `/` at its end.
    private let base: String

    /// - Parameters:
    ///   - document: the document's path.
    ///   - output: the path of the output folder; both absolute, or relative to the same folder.
    package init(from document: String, to output: String) {
        let way = RelativePath.way(from: document, to: output)
        base = way.isEmpty ? "" : way + "/"
    }

    /// - Parameter site: the address at which the output folder is published.
    package init(site: String) { base = RelativePath.inLink(site) + "/" }

    func page(of run: RunID) -> String { "\(base)runs/\(run)/index.html" }

    /// Where the page of a run tells of a check, or of a statistic.
    func page(of run: RunID, check: String, isStatistic: Bool = false) -> String {
        "\(page(of: run))#\(isStatistic ? "statistic" : "check")-\(RelativePath.encoded(check))"
    }

    func users(of run: RunID) -> String { "\(base)runs/\(run)/users.csv" }
}
