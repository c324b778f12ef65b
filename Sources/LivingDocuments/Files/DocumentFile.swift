import Glibc

/// A document on the disk.
struct DocumentFile {
    /// As the user gave it.
    let path: String
    /// Where the bytes are, with symbolic links followed.
    let target: String

    /// What was read; nil for a file that is not there.
    struct Contents: Equatable {
        var bytes: [UInt8]
        var mode: mode_t
        var owner: uid_t
        var group: gid_t
    }

    init(_ path: String) throws(DocumentError) {
        self.path = path
        if let resolved = realpath(path, nil) {
            target = String(cString: resolved)
            free(resolved)
            return
        }
        let failure = errno
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw DocumentError(.unsuitable, "this symbolic link leads to nothing; mend or remove it", path: path)
        }
        guard failure == ENOENT else { throw Self.failure("be found", path, failure) }
        let folder = Self.folder(of: path)
        guard let resolved = realpath(folder, nil) else { throw Self.failure("be created", path, errno) }
        target = String(cString: resolved) + "/" + (path.split(separator: "/").last ?? "")
        free(resolved)
    }

    var folder: String { Self.folder(of: target) }

    /// Where the new contents wait, under a name that a killed run leaves for the next one to remove.
    var beside: String {
        "\(folder)/.\(target.split(separator: "/").last ?? "").assay-new"
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ action: String, _ path: String, _ number: CInt = errno) -> DocumentError {
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
        return Contents(bytes: bytes, mode: status.st_mode & 0o7777, owner: status.st_uid, group: status.st_gid)
    }

    /// Writes new contents beside the file, and waits until the disk has them.
    func prepare(_ bytes: [UInt8], replacing old: Contents?) throws(DocumentError) {
        // Replacing a file asks only for the folder's permission; a write-protected document is protected nevertheless.
        if let old, old.mode & 0o222 == 0 || access(target, W_OK) != 0 {
            throw DocumentError(.system, "it is read-only; let this user write it, or leave it out", path: path)
        }
        unlink(beside)
        // What was kept from others is kept from them from the first byte on.
        let mode: mode_t = old == nil ? 0o644 : 0o600
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Self.failure("be written", path) }
        defer { close(descriptor) }
        do throws(DocumentError) {
            try write(bytes, to: descriptor)
            if let old { try keepOwner(of: old, descriptor) }
            guard fsync(descriptor) == 0 else { throw Self.failure("be written", path) }
        } catch {
            unlink(beside)
            throw error
        }
    }

    private func keepOwner(of old: Contents, _ descriptor: CInt) throws(DocumentError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure("be written", path) }
        if status.st_uid != old.owner || status.st_gid != old.group, fchown(descriptor, old.owner, old.group) != 0 {
            throw DocumentError(
                .system,
                "it belongs to another user, and this one may not give a new version back to them: "
                    + "\(String(cString: strerror(errno))); run as its owner, or give it to this user",
                path: path
            )
        }
        guard fchmod(descriptor, old.mode) == 0 else { throw Self.failure("keep its permissions", path) }
    }

    private func write(_ bytes: [UInt8], to descriptor: CInt) throws(DocumentError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("be written", path) }
            written += count
        }
    }

    /// Puts the prepared contents in the file's place.
    func replace() throws(DocumentError) {
        guard rename(beside, target) == 0 else { throw Self.failure("be replaced", path) }
    }

    /// Removes prepared contents, of this run or of one that was killed.
    func discard() {
        unlink(beside)
    }
}
