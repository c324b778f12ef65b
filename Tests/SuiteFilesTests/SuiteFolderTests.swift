import Foundation
import SuiteFiles
import Testing

struct SuiteFolderTests {
    /// Runs a test in a folder of its own.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "suite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path(percentEncoded: false))
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func aFolderReadsLikeItsTexts() throws {
        try withFolder { path in
            try write(SuiteText.suite, path + "/suite.yml")
            try write(SuiteText.check, path + "/a.md")
            try write("no check", path + "/README.md")
            try write("no check", path + "/.hidden.md")
            try write("no check", path + "/notes.txt")
            let files = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check]
            #expect(try SuiteLoader.load(path: path) == SuiteLoader.load(files: files, named: path))
        }
    }

    @Test func whatCannotBeReadIsSaid() throws {
        try withFolder { path in
            try write(SuiteText.suite, path + "/suite.yml")
            try FileManager.default.createDirectory(atPath: path + "/a.md", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: path + "/b.md", withDestinationPath: "gone")
            try Data([0x2D, 0x2D, 0x2D, 0x0A, 0xC3, 0xA9, 0xFF, 0x0A]).write(to: URL(filePath: path + "/c.md"))
            try write(String(repeating: "x", count: 1 << 20 + 1), path + "/d.md")
            #expect(mkfifo(path + "/e.md", 0o600) == 0)
            #expect(
                SuiteLoader.lint(path: path).mistakes.map(\.description) == [
                    "\(path)/a.md: this is no regular file",
                    "\(path)/b.md: the file cannot be read: No such file or directory",
                    "\(path)/c.md:2:2: the file is not in UTF-8\n  2 | é\u{FFFD}\n    |  ^",
                    "\(path)/d.md: the file is longer than 1048576 bytes",
                    "\(path)/e.md: this is no regular file",
                ]
            )
        }
    }

    @Test func noFolderAtAll() throws {
        try withFolder { path in
            #expect(
                SuiteLoader.lint(path: path + "/x").mistakes.map(\.description) == [
                    "\(path)/x: there is no such folder; a suite is a folder with a 'suite.yml' and its check files"
                ]
            )
            try write("", path + "/file")
            #expect(
                SuiteLoader.lint(path: path + "/file").mistakes.map(\.description) == [
                    "\(path)/file: this is a file; a suite is a folder with a 'suite.yml' and its check files: name the folder"
                ]
            )
            #expect(
                SuiteLoader.lint(path: path).mistakes.map(\.message) == [
                    "there is no 'suite.yml', which makes a folder a suite",
                    "the suite has no check: there is no file '*.md' in it",
                ]
            )
        }
    }
}
