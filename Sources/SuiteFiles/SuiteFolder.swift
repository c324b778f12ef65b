internal import Glibc

/// The files of a folder that belong to a suite.
struct SuiteFolder {
    /// Bytes by name.
    var files: [String: [UInt8]]
    /// Files that are there, but cannot be read.
    var unreadable: Set<String> = []

    /// Longer files are refused, in bytes.
    private static let sizeLimit = 1 << 20

    /// Nil when the folder cannot be read. What cannot be read is in the log.
    static func read(_ path: String, _ log: inout MistakeLog) -> SuiteFolder? {
        guard let folder = opendir(path) else {
            log.error(path, nil, "the suite's folder cannot be read: \(reason(errno))")
            return nil
        }
        defer { closedir(folder) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if SuiteAssembly.isPart(name) { names.append(name) }
        }
        if errno != 0 { log.error(path, nil, "the suite's folder cannot be read to its end: \(reason(errno))") }
        var content = SuiteFolder(files: [:])
        for name in names {
            let bytes = readFile(path.hasSuffix("/") ? path + name : "\(path)/\(name)", &log)
            if let bytes { content.files[name] = bytes } else { content.unreadable.insert(name) }
        }
        return content
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
