/// A run's record that is not there or cannot be read.
package struct RecordError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// No run of that name is recorded.
        case missing
        /// A file of the record is not what assay writes.
        case unreadable
    }

    package let code: Code
    /// What is wrong and what to do, in whole sentences.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
