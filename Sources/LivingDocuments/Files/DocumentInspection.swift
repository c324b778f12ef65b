import Glibc

/// Looks at a document on the disk without writing it.
package enum DocumentInspection {
    /// The document, as a run would read it; nil when it would be begun. What would stop a run from writing it is thrown.
    package static func read(_ path: String, mayBeMissing: Bool) throws(DocumentError) -> Document? {
        let file = try DocumentFile(path)
        do throws(DocumentError) {
            let contents = try file.read()
            guard access(file.folder, W_OK | X_OK) == 0 else {
                throw DocumentFile.failure("be written in its folder", file.path)
            }
            guard let contents else {
                if mayBeMissing { return nil }
                throw DocumentError(.unsuitable, "there is no such file; check the path")
            }
            let document = try Document(bytes: contents.bytes)
            try file.refuseReadOnly(contents)
            try document.refuseConflict()
            return document
        } catch {
            var error = error
            if error.path.isEmpty { error.path = file.path }
            throw error
        }
    }
}
