import AuditModel
import Foundation
import SuiteFiles
import Testing

/// Files that somebody may take for a part of a suite, and statements that only a server can judge.
struct NotReadTests {
    private func reading(_ files: [String: String], named name: String = "") throws -> (SuiteReading, String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "suite-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        let path = folder.path(percentEncoded: false)
        return (SuiteLoader.lint(path: path + name), path)
    }

    private static let whole = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check]

    @Test(
        "A20: what is nearly a part of the suite is named",
        arguments: [
            ("b.MD", "b.MD", "the name of a check file ends in '.md', in small letters"),
            ("b.markdown", "b.markdown", "the name of a check file ends in '.md', in small letters"),
            ("b.md.txt", "b.md.txt", "the name of a check file ends in '.md', in small letters"),
            ("suite.yaml", "suite.yaml", "the suite's own file is named 'suite.yml'"),
            ("Suite.yml", "Suite.yml", "the suite's own file is named 'suite.yml'"),
            ("assay.yaml", "assay.yaml", "of YAML files only 'suite.yml' is; a check is a file '*.md'"),
            ("sub/b.md", "sub", "checks stand directly in the suite's folder, and "),
            ("sub/deep/er/b.md", "sub", "checks stand directly in the suite's folder, and "),
        ]
    )
    func named(file: String, place: String, advice: String) throws {
        let (reading, path) = try reading(Self.whole.merging([file: SuiteText.check]) { $1 })
        #expect(reading.suite?.checks.count == 1)
        #expect(reading.notRead.map(\.path) == ["\(path)/\(place)"])
        #expect(reading.notRead.first?.message.hasPrefix("not read: \(advice)") == true, "\(reading.notRead)")
        guard place == "sub" else { return }
        #expect(reading.notRead.first?.message.hasSuffix(", and \(file.dropFirst(4)) does not: move it up") == true)
    }

    @Test(
        "A20: what is nothing like a part is passed over",
        arguments: [
            "README.md", "readme.md", "notes.txt", "assay.yml", ".hidden.MD", "docs/guide.md", "docs/README.md",
        ]
    )
    func ignored(file: String) throws {
        let text = file.hasPrefix("docs/guide") ? "# Prose\n" : SuiteText.check
        #expect(try reading(Self.whole.merging([file: text]) { $1 }).0.notRead.isEmpty)
    }

    @Test("A20: the path of suite.yml names its folder")
    func ownFile() throws {
        let (named, path) = try reading(Self.whole, named: "/suite.yml")
        #expect(named.path == path && named.suite?.checks.count == 1)
    }

    @Test("A20: a folder above suites says where they are")
    func below() throws {
        let (reading, path) = try reading(["a/suite.yml": "id: a\ntitle: A\n", "b/suite.yml": "id: b\ntitle: B\n"])
        #expect(
            reading.mistakes.first?.message
                == "there is no 'suite.yml', which makes a folder a suite; there is one in \(path)/a, \(path)/b"
        )
    }

    @Test("B4: SQL newer than the parser is left to a server, and without one is a mistake that says so")
    func newer() throws {
        let sql = "SELECT j.n FROM t, JSON_TABLE(t.x, '$[*]' COLUMNS (n int PATH '$')) AS j"
        let files = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check("", sql: sql)]
        let reading = SuiteLoader.lint(files: files, named: "s")
        #expect(reading.suite?.checks.count == 1 && reading.unread.map(\.statement.text) == [sql])
        #expect(reading.mistakes.map(\.kind) == [.grammar] && reading.mistakes[0].isMistake)
        #expect("\(reading.mistakes[0])".contains("this parser knows PostgreSQL 15's grammar; if the SQL is newer"))
        #expect(throws: SuiteErrors.self) { try SuiteLoader.load(files: files, named: "s") }
    }

    @Test(
        "B4: no server is asked about what may write, or is several statements",
        arguments: [
            "WITH x AS (DELETE FROM t RETURNING OLD.n AS n, NEW.n AS m) SELEC n FROM x",
            "SELECT n FROM JSON_TABLE('[]', '$' COLUMNS (n int)) AS j; SELECT 1",
        ]
    )
    func writing(sql: String) {
        let files = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check("", sql: sql)]
        let reading = SuiteLoader.lint(files: files, named: "s")
        #expect(reading.suite == nil && reading.unread.isEmpty && reading.mistakes.map(\.kind) == [.error])
    }
}
