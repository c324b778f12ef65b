import Glibc

/// The few calls on folders that a record needs.
enum FileSystem {
    /// Creates a folder and those above it; one that is there is left as it is.
    static func createFolders(_ path: String) throws(OutputError) {
        if mkdir(path, 0o755) == 0 { return try synchronize(folder: parent(of: path)) }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw OutputError("create the folder", path, errno: ENOTDIR)
            }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                throw OutputError("create the folder", path)
            }
            try createFolders(String(path[..<slash]))
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw OutputError("create the folder", path) }
            try synchronize(folder: parent(of: path))
        default:
            throw OutputError("create the folder", path)
        }
    }

    /// The names in a folder, without `.` and `..`; empty when it cannot be read.
    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file, or a folder with all that is in it.
    static func remove(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        for name in names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }

    /// Waits until the disk has the entries of a folder.
    static func synchronize(folder path: String) throws(OutputError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw OutputError("write", path) }
    }

    /// Waits until the disk has the entries of a folder and of all folders below it.
    static func synchronize(tree path: String) throws(OutputError) {
        for name in names(in: path) where isFolder("\(path)/\(name)") { try synchronize(tree: "\(path)/\(name)") }
        try synchronize(folder: path)
    }

    /// Not a link to one.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String {
        var rest = path[...]
        while rest.count > 1, rest.hasSuffix("/") { rest = rest.dropLast() }
        guard let slash = rest.lastIndex(of: "/") else { return "." }
        return slash == rest.startIndex ? "/" : String(rest[..<slash])
    }

    /// Replaces a file: readers see the old or the new one, whole.
    static func replace(_ path: String, with contents: String) throws(OutputError) {
        let beside = "\(path).\(getpid()).new"
        unlink(beside)
        do throws(OutputError) {
            var file = try FileWriter.create(beside)
            try file.write(contents.utf8)
            try file.finish()
        } catch {
            unlink(beside)
            throw error
        }
        guard rename(beside, path) == 0 else {
            let failure = OutputError("replace", path)
            unlink(beside)
            throw failure
        }
    }
}
