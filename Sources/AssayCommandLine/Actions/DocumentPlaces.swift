import LivingDocuments
import SuiteFiles

/// Finds documents that are named where assay has files of another kind, which they would overwrite or be taken for.
struct DocumentPlaces {
    /// The path of the configuration.
    private let own: String?
    private let output: String
    private let suite: String?
    private let templates: String?

    /// Files that a run writes at the top of the output folder.
    private static let pages: Set = [
        "index.html", "index.md", "summary.md", "latest.json", "metrics.prom", "badge.svg", "feed.xml", "trends.html",
    ]

    init(_ configuration: FoundConfiguration, output: String, suite: SuiteSource, templates: String?) {
        own = configuration.path
        self.output = output
        self.templates = templates
        if case .folder(let folder) = suite { self.suite = folder } else { self.suite = nil }
    }

    /// What is wrong, each without a full stop; where links lead counts, not how a path is written.
    func mistakes(in documents: DocumentSettings) -> [String] {
        documents.paths.compactMap { path in
            reason(DocumentPath.resolved(path)).map { "\(path) cannot be one of the `documents:`, since it is \($0)" }
        }
    }

    private func reason(_ path: String) -> String? {
        if let own, DocumentPath.resolved(own) == path { return "the configuration itself" }
        if isOutput(path) { return "in the output folder, whose files assay writes and removes" }
        if let suite, let name = Self.name(path, in: suite), !name.contains("/"), Self.isOfSuite(name) {
            return "a file of the suite"
        }
        if let templates, !Self.holdsProject(templates), Self.name(path, in: templates) != nil {
            return "in the folder of templates"
        }
        return nil
    }

    private func isOutput(_ path: String) -> Bool {
        guard let name = Self.name(path, in: output) else { return false }
        // The output may be the folder of the whole project, too.
        guard Self.holdsProject(output) else { return true }
        return ["runs/", "assets/", "checks/", "users/", "data/"].contains { name.hasPrefix($0) }
            || Self.pages.contains(name)
    }

    /// The folder is the current one, or holds it.
    private static func holdsProject(_ folder: String) -> Bool {
        name(DocumentPath.resolved(".") + "/assay.yml", in: folder) != nil
    }

    private static func isOfSuite(_ name: String) -> Bool {
        name == "suite.yml" || name.hasSuffix(".md") && name.lowercased() != "readme.md" && !name.hasPrefix(".")
    }

    /// A path as seen from a folder that it is in; nil for any other.
    private static func name(_ path: String, in folder: String) -> String? {
        let folder = DocumentPath.resolved(folder)
        let start = folder.hasSuffix("/") ? folder : folder + "/"
        return path.hasPrefix(start) ? String(path.dropFirst(start.count)) : nil
    }
}

extension DocumentSettings {
    /// The paths of all documents.
    var paths: [String] { [progress?.path, bugs?.path, decisions?.path].compactMap(\.self) + checklists }

    /// The documents that a run writes, and which of them it may begin.
    var written: [(path: String, mayBeMissing: Bool)] {
        let begun = [progress, bugs, decisions].compactMap(\.self).filter { $0.when != "never" }
        return begun.map { ($0.path, true) } + checklists.map { ($0, false) }
    }

    /// The same documents, their paths without `.` and `..`.
    var normal: DocumentSettings {
        var settings = self
        settings.progress?.path = progress.map { DocumentPath.normal($0.path) } ?? ""
        settings.bugs?.path = bugs.map { DocumentPath.normal($0.path) } ?? ""
        settings.decisions?.path = decisions.map { DocumentPath.normal($0.path) } ?? ""
        settings.checklists = checklists.map(DocumentPath.normal)
        return settings
    }
}
