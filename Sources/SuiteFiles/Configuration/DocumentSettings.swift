/// The documents that runs keep up to date (`documents:` in `assay.yml`).
package struct DocumentSettings: Sendable, Equatable {
    /// A document that gets entries.
    package struct Entries: Sendable, Equatable {
        package var path: String
        /// `changed`, `always` or `never`.
        package var when: String

        package init(path: String, when: String = "changed") {
            self.path = path
            self.when = when
        }
    }

    package var progress: Entries?
    package var bugs: Entries?
    package var decisions: Entries?
    /// Paths of documents with task lists.
    package var checklists: [String] = []
    /// The address at which the output folder is published, without `/` at its end; nil for links within the disk.
    package var link: String?

    package init() {}
}

extension YAMLField {
    /// `documents`, with paths relative to a folder.
    func documents(in folder: String, _ log: inout MistakeLog) -> DocumentSettings {
        var settings = DocumentSettings()
        guard let fields = fields(&log) else { return settings }
        fields.refuseUnknown(["progress", "bugs", "decisions", "checklists", "link"], &log)
        settings.progress = fields["progress"]?.entries(in: folder, &log)
        settings.bugs = fields["bugs"]?.entries(in: folder, &log)
        settings.decisions = fields["decisions"]?.entries(in: folder, &log)
        settings.checklists = fields["checklists"]?.names(&log)?.map { $0.path(in: folder) } ?? []
        settings.link = fields["link"]?.address(&log)
        return settings
    }

    private func address(_ log: inout MistakeLog) -> String? {
        guard let text = text(&log) else { return nil }
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(where: \.isWhitespace) else {
            refuse(
                "'\(name)' takes the address at which the output folder is published: https://audits.example.org",
                &log
            )
            return nil
        }
        var address = text
        while address.hasSuffix("/") { address.removeLast() }
        return address
    }

    private func entries(in folder: String, _ log: inout MistakeLog) -> DocumentSettings.Entries? {
        guard let fields = fields(&log) else { return nil }
        fields.refuseUnknown(["path", "when"], &log)
        let when = fields["when"].map { $0.word(among: ["changed", "always", "never"], &log) } ?? "changed"
        guard let field = fields["path"] else {
            refuseKey("'\(name)' needs 'path', such as '{ path: \(name.uppercased()).md }'", &log)
            return nil
        }
        guard let path = field.text(&log) else { return nil }
        return when.map { DocumentSettings.Entries(path: path.path(in: folder), when: $0) }
    }
}

extension String {
    /// A path as seen from where the program runs; the name of a suite in the program is none.
    ///
    /// - Parameter folder: empty, or with `/` at its end.
    func path(in folder: String) -> String { hasPrefix("/") || hasPrefix("shipped:") ? self : folder + self }
}
