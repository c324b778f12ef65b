import FoundationEssentials
import Glibc
import Synchronization

/// The folder of one cluster: its data, socket and log, and a lock file that tells whether its owner is alive.
///
/// It lies in `/tmp`, whatever `TMPDIR` says, because a socket's path is limited to 107 bytes.
final class ClusterFolder: Sendable {
    private static let parent = "/tmp"
    private static let prefix = "assay-postgres-"

    let path: String
    /// Holds the lock until it is closed, or the process ends in whatever way; nil after the removal.
    private let lock: Mutex<CInt?>

    var data: String { path + "/data" }
    var log: String { path + "/log" }

    private init(path: String, lock: CInt) {
        self.path = path
        self.lock = Mutex(lock)
    }

    /// Makes a new folder, for the user that the server is to run as.
    static func make(for user: ServerUser) throws(EmbeddedPostgresError) -> ClusterFolder {
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw failure("make a folder in \(parent)") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Locked before it gets its name, so that nobody meets it unlocked and takes the folder for an abandoned one.
        let lock = open(path + "/lock.new", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, rename(path + "/lock.new", path + "/lock") == 0 else {
            throw failure("lock \(path)")
        }
        let folder = ClusterFolder(path: path, lock: lock)
        if let ids = user.ids, chown(path, ids.user, ids.group) != 0 {
            folder.remove()
            throw failure("give \(path) to the user postgres")
        }
        return folder
    }

    var isRemoved: Bool { lock.withLock { $0 == nil } }

    /// Removes the folder; once.
    func remove() {
        lock.withLock { lock in
            guard let descriptor = lock else { return }
            Self.remove(path)
            close(descriptor)
            lock = nil
        }
    }

    /// Removes the folders of owners that were killed.
    ///
    /// A lock tells more than a process id would, which another process, or another container, may have by now.
    static func removeAbandoned() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for path in names.filter({ $0.hasPrefix(prefix) }).map({ "\(parent)/\($0)" }) {
            let lock = open(path + "/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { remove(path) }
            close(lock)
        }
    }

    /// The lock file goes last, so that what an interruption leaves is found again.
    private static func remove(_ path: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name != "lock" {
            try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func failure(_ what: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(message: "Cannot \(what): \(String(cString: strerror(errno))).")
    }
}
