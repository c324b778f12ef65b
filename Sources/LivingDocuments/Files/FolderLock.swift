import Glibc

/// The advisory lock of a folder with documents, held until it is let go or the process ends.
///
/// The lock is the folder's because each document is replaced by another file.
final class FolderLock {
    private let descriptor: CInt

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Waits for a lock, but not for ever.
    static func wait(for folder: String, seconds: Int) throws(DocumentError) -> FolderLock {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DocumentError(.system, "it cannot be opened: \(String(cString: strerror(errno)))", path: folder)
        }
        let lock = FolderLock(descriptor)
        var tries = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw DocumentError(.system, "it cannot be locked: \(String(cString: strerror(errno)))", path: folder)
            }
            tries += 1
            guard tries < seconds * 50 else {
                throw DocumentError(
                    .locked,
                    "another run is writing the documents here and does not finish; try again later",
                    path: folder
                )
            }
            usleep(20_000)
        }
        return lock
    }

    /// Waits until the disk has the folder's entries.
    func synchronize() {
        // A file system that cannot do this has kept the documents whole all the same.
        _ = fsync(descriptor)
    }
}
