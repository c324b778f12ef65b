import Mustache
import ShippedFiles

/// The templates of pages and entries: those that come with the program, overridden file by file from a folder.
package struct Templates: Sendable {
    /// Where the shipped templates lie in the package, and how a message names them.
    static let shippedFolder = "templates"

    private let library: MustacheLibrary

    /// Reads all templates and finds every mistake in them.
    ///
    /// - Parameters:
    ///   - folder: holds the user's versions of some of the shipped files, under the same names.
    ///   - pages: the templates that are not included by others, each with what it shows.
    package static func load(
        overrides folder: String?,
        pages: [String: any View.Type]
    ) throws(TemplateError) -> Templates {
        var sources: [String: TemplateSource] = [:]
        for path in ShippedFiles.paths(below: shippedFolder) where path.hasSuffix(TemplateSource.suffix) {
            guard let text = ShippedFiles.text(path) else { continue }
            let source = TemplateSource(file: String(path.dropFirst(shippedFolder.count + 1)), path: path, text: text)
            sources[source.name] = source
        }
        if let folder {
            for source in try TemplateFolder.read(folder, known: sources.values.map(\.file)) {
                sources[source.name] = source
            }
        }
        return try Templates(sources, pages: pages)
    }

    /// - Parameter sources: by the names that other templates include them under.
    init(_ sources: [String: TemplateSource], pages: [String: any View.Type]) throws(TemplateError) {
        var checker = TemplateChecker(sources)
        for (page, view) in pages.sorted(by: { $0.key < $1.key }) { checker.check(page: page, with: view) }
        var mistakes = checker.mistakes
        var library = MustacheLibrary()
        for source in sources.values.sorted(by: { $0.path < $1.path }) {
            do {
                library.register(try source.parsed(), named: source.name)
            } catch {
                // What the checker found in a file says more than what the parser stumbles over.
                if !mistakes.contains(where: { $0.path == source.path }) { mistakes.append(error) }
            }
        }
        guard mistakes.isEmpty else { throw TemplateError(mistakes) }
        self.library = library
    }

    package func render(_ view: some View, with name: String) -> String {
        guard let text = library.render(view, withTemplate: name) else {
            preconditionFailure("\(name) was found when the templates were loaded")
        }
        return text
    }
}
