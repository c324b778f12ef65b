/// A document that cannot be read, changed or written; nothing was changed.
package struct DocumentError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The document is not what assay can add to: wrong encoding, a folder, a dangling link.
        case unsuitable
        /// A template made an entry that would spoil the document around it.
        case template
        /// The system refused to read or write.
        case system
        /// Another run kept the documents locked.
        case locked
        /// Somebody kept changing a document while it was being written.
        case busy
    }

    package let code: Code
    /// Empty when the bytes came from no file.
    package var path: String
    /// What is wrong and what to do, as a sentence without a full stop.
    package let problem: String

    package init(_ code: Code, _ problem: String, path: String = "") {
        self.code = code
        self.problem = problem
        self.path = path
    }

    package var description: String {
        (path.isEmpty ? "the document" : path) + ": \(problem)" + (problem.hasSuffix("?") ? "" : ".")
    }
}
