package import AuditModel
import FoundationEssentials
import Glibc

/// The record of one run while it is being written: `runs/.partial-RUN`, then, in one step, `runs/RUN`.
package final class RunFolder: Sendable {
    package let run: RunID
    /// Where the files are now.
    private let partial: String
    /// Where they will be.
    package let path: String
    private let output: OutputFolder
    /// Shows other processes that this one lives.
    private let lock: FileLock

    init(_ run: RunID, in output: OutputFolder) throws(OutputError) {
        self.run = run
        self.output = output
        partial = output.partial(run)
        path = "\(output.runs)/\(run)"
        guard mkdir(partial, 0o755) == 0 else { throw OutputError("create the folder", partial) }
        lock = try FileLock.wait(for: partial)
        try FileSystem.createFolders("\(partial)/findings")
    }

    deinit {
        // Nothing is there any more when the run was published.
        FileSystem.remove(partial)
    }

    /// Creates the file for the violations of a check.
    package func findings(of check: String) throws(OutputError) -> FileWriter {
        try FileWriter.create("\(partial)/findings/\(check).csv")
    }

    /// Creates the file for the violations that were there and are not left.
    package func ended(of check: String) throws(OutputError) -> FileWriter {
        try FileSystem.createFolders("\(partial)/ended")
        return try FileWriter.create("\(partial)/ended/\(check).csv")
    }

    /// Where a file lies that is of use only while the run is at work.
    package func scratch(_ name: String) throws(OutputError) -> String {
        try FileSystem.createFolders("\(partial)/\(Self.scratch)")
        return "\(partial)/\(Self.scratch)/\(name)"
    }

    private static let scratch = ".scratch"

    /// Makes a file of violations that was written aside the one that readers find.
    package func keepFindings(of check: String, from scratch: String) throws(OutputError) {
        guard rename(scratch, "\(partial)/findings/\(check).csv") == 0 else {
            throw OutputError("keep the violations of a check in", path)
        }
    }

    /// Removes the file of a check whose measuring broke off.
    package func removeFindings(of check: String) {
        unlink("\(partial)/findings/\(check).csv")
    }

    /// Creates the file for the rows that the fix of a check changed.
    package func repairs(of check: String) throws(OutputError) -> FileWriter {
        try FileSystem.createFolders("\(partial)/repairs")
        unlink("\(partial)/repairs/\(check).csv")
        return try FileWriter.create("\(partial)/repairs/\(check).csv")
    }

    /// Removes the file of a check whose repair was rolled back.
    package func removeRepairs(of check: String) {
        unlink("\(partial)/repairs/\(check).csv")
    }

    /// Creates the file for the rows that an undo left as they are.
    package func left(of check: String) throws(OutputError) -> FileWriter {
        try FileSystem.createFolders("\(partial)/left")
        removeLeft(of: check)
        return try FileWriter.create("\(partial)/left/\(check).csv")
    }

    /// Removes the file of a check of which nothing was left.
    package func removeLeft(of check: String) {
        unlink("\(partial)/left/\(check).csv")
    }

    /// Writes `run.json`, `users.csv` and the users' figures.
    package func write(_ run: Run) throws(OutputError) {
        try write(try Self.json(run), to: "run.json")
        try UsersFile.write(run.users, to: "\(partial)/users.csv")
        if !run.users.figures.isEmpty { try FileSystem.createFolders("\(partial)/figures") }
        for figures in run.users.figures {
            try FiguresFile.write(figures, users: run.users, to: "\(partial)/figures/\(figures.statistic).csv")
        }
    }

    /// Writes one more file of the run.
    package func write(_ contents: String, to name: String) throws(OutputError) {
        var file = try FileWriter.create("\(partial)/\(name)")
        try file.write(contents.utf8)
        try file.finish()
    }

    /// Notes that documents are yet to tell of the run, until `RecordedRuns.settle`.
    package func markPending() throws(OutputError) {
        try write("", to: RecordedRuns.pendingMark)
    }

    /// Makes the run visible in one step and, unless a newer one is there, replaces the pages of the latest run.
    ///
    /// - Parameter latest: files of the output folder by name.
    package func publish(latest: [(name: String, contents: String)]) throws(OutputError) {
        let lock = try FileLock.wait(for: output.path)
        FileSystem.remove("\(partial)/\(Self.scratch)")
        try FileSystem.synchronize(tree: partial)
        guard rename(partial, path) == 0 else { throw OutputError("publish the run as", path) }
        try FileSystem.synchronize(folder: output.runs)
        if output.isLatest(run) {
            for file in latest { try FileSystem.replace("\(output.path)/\(file.name)", with: file.contents) }
            try FileSystem.synchronize(folder: output.path)
        }
        _ = consume lock
    }

    /// The text of `run.json`, with a newline at its end.
    package static func json(_ run: Run) throws(OutputError) -> String {
        let encoder = JSONEncoder()
        // JSON has no such number, and one must not cost the report.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(run), as: UTF8.self) + "\n"
        } catch {
            throw OutputError("encode", "run.json of the run \(run.id)", errno: EILSEQ)
        }
    }
}
