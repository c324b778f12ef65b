internal import Glibc

/// The files of a folder that belong to a suite.
struct SuiteFolder {
    /// Bytes by name.
    var files: [String: [UInt8]]
    /// Files that are there, but cannot be read.
    var unreadable: Set<String> = []
    /// What looks like a part of the suite, and is none.
    var notRead: [SuiteMistake] = []
    /// Folders below that are suites of their own.
    var suitesBelow: [String] = []

    /// Longer files are refused, in bytes.
    private static let sizeLimit = 1 << 20

    /// The folder of a suite that is named by its path or by that of its `suite.yml`.
    static func path(ofSuiteNamed path: String) -> String {
        var status = stat()
        guard path.hasSuffix(SuiteAssembly.suiteFile), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG
        else { return path }
        let folder = path.dropLast(SuiteAssembly.suiteFile.count)
        if folder.isEmpty { return "." }
        return folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : String(folder)
    }

    /// Nil when the folder cannot be read. What cannot be read is in the log.
    static func read(_ path: String, _ log: inout MistakeLog) -> SuiteFolder? {
        let (entries, error) = names(in: path)
        guard let entries else {
            let advice =
                switch error {
                case ENOTDIR: "this is a file; a suite is a folder with a 'suite.yml' and its check files"
                case ENOENT: "there is no such folder; a suite is a folder with a 'suite.yml' and its check files"
                default: "the suite's folder cannot be read: \(reason(error))"
                }
            log.error(path, nil, advice)
            return nil
        }
        if error != 0 { log.error(path, nil, "the suite's folder cannot be read to its end: \(reason(error))") }
        var content = SuiteFolder(files: [:])
        content.look(at: entries.filter { !SuiteAssembly.isPart($0) }.sorted(), in: path)
        for name in entries where SuiteAssembly.isPart(name) {
            let bytes = readFile(path.hasSuffix("/") ? path + name : "\(path)/\(name)", &log)
            if let bytes { content.files[name] = bytes } else { content.unreadable.insert(name) }
        }
        return content
    }

    /// The names in a folder; nil when it cannot be opened. The number is the system's error, 0 when all is well.
    static func names(in path: String) -> ([String]?, CInt) {
        guard let folder = opendir(path) else { return (nil, errno) }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { field in
                    field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                        String(cString: $0)
                    }
                }
            )
        }
        return (names, errno)
    }

    /// Reads a regular file; nil when it cannot be read, or is none, which the log tells.
    static func readFile(_ path: String, _ log: inout MistakeLog) -> [UInt8]? {
        // A pipe without a writer would otherwise be waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            log.error(path, nil, "the file cannot be read: \(reason(errno))")
            return nil
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            log.error(path, nil, "this is no regular file")
            return nil
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= sizeLimit {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                log.error(path, nil, "the file cannot be read: \(reason(errno))")
                return nil
            }
        }
        log.error(path, nil, "the file is longer than \(sizeLimit) bytes")
        return nil
    }

    private static func reason(_ code: CInt) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
