/// The files that come with the program: templates and suites, compiled in by the `EmbedFiles` plugin.
package enum ShippedFiles {
    /// The text of a shipped file.
    ///
    /// - Parameter path: relative to the package's root, such as `audits/broadcast/suite.yml`.
    package static func text(_ path: String) -> String? {
        contents[path]
    }

    /// The paths of all shipped files below a folder, sorted.
    package static func paths(below folder: String) -> [String] {
        contents.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
    }
}
