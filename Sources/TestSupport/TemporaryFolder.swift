import FoundationEssentials
import Glibc

/// A folder for one test.
package struct TemporaryFolder: Sendable {
    package let path: String

    /// Runs `body` with a new, empty folder, and removes it afterwards.
    package static func with<R>(_ body: (TemporaryFolder) async throws -> R) async throws -> R {
        let folder = try make()
        defer { folder.remove() }
        return try await body(folder)
    }

    /// The same for a test that does not wait.
    package static func with<R>(_ body: (TemporaryFolder) throws -> R) throws -> R {
        let folder = try make()
        defer { folder.remove() }
        return try body(folder)
    }

    private static func make() throws -> TemporaryFolder {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/assay-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        return TemporaryFolder(path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    private func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The full path of something in the folder.
    package func file(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes a file, and makes the folders above it.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let file = file(name)
        try FileManager.default.createDirectory(
            at: URL(filePath: file).deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    package func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file(name))), as: UTF8.self)
    }

    package func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: file(name))
    }

    /// The paths of all files below the folder, sorted.
    package func files() -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return paths.filter { path in
            var isFolder = false
            return FileManager.default.fileExists(atPath: file(path), isDirectory: &isFolder) && !isFolder
        }.sorted()
    }
}
