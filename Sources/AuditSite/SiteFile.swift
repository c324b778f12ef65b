/// One file of the site.
package struct SiteFile: Sendable, Equatable {
    /// Relative to the output folder, such as `runs/RUN/index.html`.
    package var path: String
    package var contents: String

    package init(path: String, contents: String) {
        self.path = path
        self.contents = contents
    }
}
