import Glibc

/// An advisory lock on a file or folder, held until it is let go or the process ends.
struct FileLock: ~Copyable {
    let descriptor: CInt

    deinit { close(descriptor) }

    /// Waits for the lock of a folder.
    static func wait(for path: String) throws(OutputError) -> FileLock {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError("open", path) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let failure = OutputError("lock", path)
                close(descriptor)
                throw failure
            }
        }
        return FileLock(descriptor: descriptor)
    }

    /// Takes the lock of a folder, or returns nil when another process holds it.
    static func attempt(_ path: String) -> FileLock? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return FileLock(descriptor: descriptor)
    }
}
