import Glibc

/// The identity of a file, which all of its names share.
struct FileIdentity: Hashable {
    let device: dev_t
    let number: ino_t

    init(_ status: stat) {
        device = status.st_dev
        number = status.st_ino
    }
}

/// Other names of a document's file, which are to stay names of the same file.
struct HardLinks {
    /// The paths of those that were found.
    let paths: [String]
    /// The number of those that were not.
    let missing: Int

    /// Looks for a file's other names in some folders.
    init(of target: String, in folders: Set<String>) {
        var status = stat()
        guard lstat(target, &status) == 0, status.st_nlink > 1 else {
            paths = []
            missing = 0
            return
        }
        let identity = FileIdentity(status)
        let found = folders.sorted().flatMap { folder in
            Self.names(in: folder).map { "\(folder)/\($0)" }.filter { path in
                var other = stat()
                return path != target && lstat(path, &other) == 0 && FileIdentity(other) == identity
            }
        }
        paths = found
        missing = max(0, Int(status.st_nlink) - 1 - found.count)
    }

    /// Lets the other names be names of the new file, each in one step.
    func follow(_ target: String) -> Bool {
        for path in paths {
            let aside = DocumentFile.beside(path)
            unlink(aside)
            guard link(target, aside) == 0, rename(aside, path) == 0 else {
                unlink(aside)
                return false
            }
        }
        return true
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { field in
                    field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                        String(cString: $0)
                    }
                }
            )
        }
        return names
    }
}
