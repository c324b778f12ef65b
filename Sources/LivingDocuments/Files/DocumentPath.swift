import Glibc

/// Paths of documents, which people may name in many ways.
package enum DocumentPath {
    /// A path without `.` and `..`, where that leads to the same folder.
    package static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        let normal = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
        guard !normal.isEmpty, normal != path else { return path }
        // Behind a symbolic link, `..` leads elsewhere.
        return resolved(folder(of: normal)) == resolved(folder(of: path)) ? normal : path
    }

    /// Where a path leads, with symbolic links followed as far as it is there.
    package static func resolved(_ path: String) -> String {
        if let found = realpath(path.isEmpty ? "." : path, nil) {
            defer { free(found) }
            return String(cString: found)
        }
        guard path != "/", let name = path.split(separator: "/").last else { return path }
        let outer = resolved(folder(of: path))
        return (outer == "/" ? "" : outer) + "/" + name
    }

    /// The folder that a path's last name stands in.
    static func folder(of path: String) -> String {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
