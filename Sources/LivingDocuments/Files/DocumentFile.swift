import Glibc

/// A document on the disk.
struct DocumentFile {
    /// As the user gave it, in its normal form.
    let path: String
    /// Where the bytes are, with symbolic links followed.
    let target: String
    /// Nil for a file that is not there.
    let identity: FileIdentity?

    /// What was read; nil for a file that is not there.
    struct Contents: Equatable {
        var bytes: [UInt8]
        var mode: mode_t
        var owner: uid_t
        var group: gid_t
        var attributes: ExtendedAttributes
    }

    init(_ given: String) throws(DocumentError) {
        let path = DocumentPath.normal(given)
        self.path = path
        var status = stat()
        if let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
            identity = lstat(target, &status) == 0 ? FileIdentity(status) : nil
            return
        }
        let failure = errno
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw DocumentError(.unsuitable, "this symbolic link leads to nothing; mend or remove it", path: path)
        }
        guard failure == ENOENT else { throw Self.failure("be found", path, failure) }
        let folder = DocumentPath.folder(of: path)
        guard let resolved = realpath(folder, nil) else {
            guard errno == ENOENT else { throw Self.failure("be created", path, errno) }
            let problem = "it cannot be created, since the folder \(folder) is not there; make it, or correct the path"
            throw DocumentError(.system, problem, path: path)
        }
        identity = nil
        target = String(cString: resolved) + "/" + (path.split(separator: "/").last ?? "")
        free(resolved)
    }

    var folder: String { DocumentPath.folder(of: target) }

    /// Where the new contents wait, under a name that a killed run leaves for the next one to remove.
    var beside: String { Self.beside(target) }

    static func beside(_ path: String) -> String {
        "\(DocumentPath.folder(of: path))/.\(path.split(separator: "/").last ?? "").assay-new"
    }

    static func failure(_ action: String, _ path: String, _ number: CInt = errno) -> DocumentError {
        DocumentError(.system, "it cannot \(action): \(String(cString: strerror(number)))", path: path)
    }

    func read() throws(DocumentError) -> Contents? {
        // Without waiting for a writer, should it be a pipe.
        let descriptor = open(target, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure("be read", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure("be read", path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw DocumentError(.unsuitable, "this is a folder; name a Markdown file", path: path)
        default: throw DocumentError(.unsuitable, "this is no file; name a Markdown file", path: path)
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var count = 0
        while true {
            if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.failure("be read", path) }
            if got == 0 { break }
            count += got
        }
        bytes.removeSubrange(count...)
        return Contents(
            bytes: bytes,
            mode: status.st_mode & 0o7777,
            owner: status.st_uid,
            group: status.st_gid,
            attributes: ExtendedAttributes(of: descriptor)
        )
    }
}
