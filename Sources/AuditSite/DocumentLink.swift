/// A document that tells of the run as well, such as the team's BUGS.
package struct DocumentLink: Sendable, Equatable {
    package let name: String
    /// The way from the output folder, percent-encoded.
    package let path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}
