import FoundationEssentials
import LivingDocuments

extension RunLinks {
    /// The way from a document to the output folder, both as the user gave them.
    init(document: String, output: String) {
        // Paths that climb out of the current folder meet only when they are seen from the root.
        let here = FileManager.default.currentDirectoryPath
        func whole(_ path: String) -> String { path.hasPrefix("/") ? path : "\(here)/\(path)" }
        self.init(from: whole(document), to: whole(output))
    }
}
