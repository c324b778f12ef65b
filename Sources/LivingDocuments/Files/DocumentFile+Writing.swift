import Glibc

extension DocumentFile {
    /// Replacing a file asks only for the folder's permission; a write-protected document is protected nevertheless.
    func refuseReadOnly(_ contents: Contents) throws(DocumentError) {
        if contents.mode & 0o222 == 0 || access(target, W_OK) != 0 {
            throw DocumentError(.system, "it is read-only; let this user write it, or leave it out", path: path)
        }
    }

    /// Writes new contents beside the file, and waits until the disk has them.
    func prepare(_ bytes: [UInt8], replacing old: Contents?) throws(DocumentError) {
        if let old { try refuseReadOnly(old) }
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
        // Behind the mode, since an access list holds one, too.
        guard old.attributes.keep(on: descriptor) else { throw Self.failure("keep its extended attributes", path) }
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

    /// Puts the prepared contents in the file's place, under all of its names.
    func replace(_ names: HardLinks) throws(DocumentError) {
        guard rename(beside, target) == 0, names.follow(target) else { throw Self.failure("be replaced", path) }
    }

    /// Removes prepared contents, of this run or of one that was killed.
    func discard() {
        unlink(beside)
    }
}
