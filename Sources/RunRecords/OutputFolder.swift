package import AuditModel
import Glibc

/// The folder that holds the records of runs, and the page of the latest.
package struct OutputFolder: Sendable {
    package let path: String

    /// Opens the folder, which is created when missing, and removes what killed runs left behind.
    package init(_ path: String) throws(OutputError) {
        self.path = path
        try FileSystem.createFolders(path)
        try FileSystem.createFolders(runs)
        // Told now rather than after an hour of measuring.
        guard access(runs, W_OK | X_OK) == 0 else { throw OutputError("write into", runs) }
        let lock = try FileLock.wait(for: path)
        sweep()
        _ = consume lock
    }

    /// Begins the record of a run; nobody sees it until it is published.
    package func begin(_ run: RunID) throws(OutputError) -> RunFolder {
        let lock = try FileLock.wait(for: path)
        let folder = try RunFolder(run, in: self)
        _ = consume lock
        return folder
    }

    /// Whether the report of a run is here, so that a page can lead to it.
    package func hasReport(_ run: RunID) -> Bool { access("\(runs)/\(run)/index.html", R_OK) == 0 }

    var runs: String { "\(path)/runs" }

    /// The folder of a run that is not yet published.
    func partial(_ run: RunID) -> String { "\(runs)/\(Self.partialPrefix)\(run)" }

    static let partialPrefix = ".partial-"

    /// Removes unpublished runs whose process is gone, which shows in their lock.
    private func sweep() {
        for name in FileSystem.names(in: runs) where name.hasPrefix(Self.partialPrefix) {
            if FileLock.attempt("\(runs)/\(name)") != nil { FileSystem.remove("\(runs)/\(name)") }
        }
    }

    /// No published run is newer.
    func isLatest(_ run: RunID) -> Bool {
        FileSystem.names(in: runs).allSatisfy { name in RunID(name).map { $0 <= run } ?? true }
    }
}
