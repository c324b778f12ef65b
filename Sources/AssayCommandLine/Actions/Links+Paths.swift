import AuditSite
import FoundationEssentials
import LivingDocuments

extension RunLinks {
    /// The way from a document to the output folder, both as the user gave them.
    ///
    /// A link in a file is read from the folder that the file is in, wherever a symbolic link to it stands.
    init(document: String, output: String) {
        let file = DocumentPath.resolved(document)
        let isPlain = file == DocumentPath.normal(fromRoot(document))
        self.init(from: file, to: isPlain ? fromRoot(output) : DocumentPath.resolved(output))
    }
}

extension DocumentLink {
    /// The way from the output folder to a document, both as the user gave them.
    init(document: String, output: String) {
        self.init(
            name: document.split(separator: "/").last.map(String.init) ?? document,
            path: RelativePath.way(from: fromRoot("\(output)/index.html"), to: fromRoot(document))
        )
    }
}

/// Paths that climb out of the current folder meet only when they are seen from the root.
private func fromRoot(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}
