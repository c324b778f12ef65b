internal import Glibc

/// Files that somebody may take for a part of the suite.
extension SuiteFolder {
    /// Notes what looks like a part of the suite, among names that are none.
    mutating func look(at names: [String], in path: String) {
        for name in names where !name.hasPrefix(".") {
            let place = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            if let advice = Self.advice(on: name) {
                notRead.append(SuiteMistake(.warning, path: place, message: "not read: \(advice)"))
            } else if Self.isFolder(place) {
                if Self.names(in: place).0?.contains(SuiteAssembly.suiteFile) == true {
                    suitesBelow.append(name)
                } else if let file = Self.firstCheck(below: place, depth: 3) {
                    let advice = "checks stand directly in the suite's folder, and \(file) does not: move it up"
                    notRead.append(SuiteMistake(.warning, path: place, message: "not read: \(advice)"))
                }
            }
        }
    }

    /// Why a file is not read whose name is nearly that of a part; nil for names that are nothing like one.
    private static func advice(on name: String) -> String? {
        let lower = name.lowercased()
        if lower == "readme.md" || lower == "assay.yml" { return nil }
        if lower == "suite.yaml" || lower == SuiteAssembly.suiteFile {
            return "the suite's own file is named 'suite.yml'"
        }
        if lower.hasSuffix(".yml") || lower.hasSuffix(".yaml") {
            return "of YAML files only 'suite.yml' is; a check is a file '*.md'"
        }
        let endings = [".md", ".markdown", ".mdown", ".mkd", ".mdx", ".md.txt"]
        return endings.contains(where: lower.hasSuffix)
            ? "the name of a check file ends in '.md', in small letters" : nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// A file below a folder that would be a check in the suite's own.
    private static func firstCheck(below path: String, depth: Int) -> String? {
        let names = (names(in: path).0 ?? []).filter { !$0.hasPrefix(".") }.sorted()
        if let check = names.first(where: { SuiteAssembly.isCheck($0) && begins("\(path)/\($0)", with: "---") }) {
            return check
        }
        guard depth > 1 else { return nil }
        return names.lazy.map { "\(path)/\($0)" }.filter(isFolder).compactMap {
            firstCheck(below: $0, depth: depth - 1)
        }
        .first
    }

    /// Front matter tells a check from other Markdown.
    private static func begins(_ path: String, with mark: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: mark.utf8.count + 3)
        let count = Glibc.read(file, &bytes, bytes.count)
        let text = bytes.prefix(max(0, count))
        return (text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text).starts(with: mark.utf8)
    }
}
