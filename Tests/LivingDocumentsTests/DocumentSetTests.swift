import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import LivingDocuments

struct DocumentSetTests {
    private func member(_ path: String, mayBeMissing: Bool = true) -> DocumentSet.Member {
        DocumentSet.Member(path: path, mayBeMissing: mayBeMissing) { document throws(DocumentError) in
            try ProgressDocument.updating(
                document,
                with: SampleRuns.run(0, [.init(id: "a", before: 1)]),
                verdict: SampleRuns.verdict,
                templates: SampleRuns.templates,
                links: nil
            )
        }
    }

    private func status(_ path: String) -> stat {
        var status = stat()
        lstat(path, &status)
        return status
    }

    @Test func documentsChangeAndThenRest() throws {
        try TemporaryFolder.with { folder in
            let first = try folder.write("# P\n", to: "P.md")
            chmod(first, 0o640)
            chown(first, 1234, 4321)
            let set = DocumentSet([member(first), member(folder.file("NEW.md"))])
            #expect(try set.changes().count == 2)
            #expect(try folder.read("P.md") == "# P\n")
            #expect(try set.write().map(\.path) == [first, folder.file("NEW.md")])
            #expect(try folder.read("P.md").hasPrefix("# P\n\n<!-- assay:begin"))
            #expect(try folder.read("NEW.md").hasPrefix("# Progress\n"))
            let after = status(first)
            #expect(after.st_mode & 0o7777 == 0o640)
            if geteuid() == 0 { #expect(after.st_uid == 1234 && after.st_gid == 4321) }
            #expect(try set.write().isEmpty)
            #expect(status(first).st_ino == after.st_ino)
            #expect(status(first).st_mtim.tv_nsec == after.st_mtim.tv_nsec)
            #expect(folder.files() == ["NEW.md", "P.md"])
        }
    }

    @Test func linksAreFollowedAndKept() throws {
        try TemporaryFolder.with { folder in
            try folder.write("# P\n", to: "docs/P.md")
            symlink("docs/P.md", folder.file("P.md"))
            // Both names are one document.
            let changes = try DocumentSet([member(folder.file("P.md")), member(folder.file("docs/P.md"))]).write()
            #expect(changes.count == 1)
            #expect(status(folder.file("P.md")).st_mode & S_IFMT == S_IFLNK)
            #expect(try folder.read("docs/P.md").contains("assay:begin"))
        }
    }

    @Test(arguments: ["folder", "dangling", "readonly", "invalid", "missing", "pipe", "nofolder/P.md"])
    func whatCannotBeWrittenChangesNothing(name: String) throws {
        try TemporaryFolder.with { folder in
            let good = try folder.write("# P\n", to: "P.md")
            try folder.write("# P\n", to: "folder/x.md")
            symlink("nowhere", folder.file("dangling"))
            chmod(try folder.write("# P\n", to: "readonly"), 0o444)
            mkfifo(folder.file("pipe"), 0o644)
            try Data([0x23, 0xFF]).write(to: URL(filePath: folder.file("invalid")))
            let set = DocumentSet([member(good), member(folder.file(name), mayBeMissing: name != "missing")])
            let error = #expect(throws: DocumentError.self) { try set.write() }
            #expect(error?.path == folder.file(name))
            #expect(try folder.read("P.md") == "# P\n")
            #expect(!folder.files().contains { $0.contains("assay-new") })
        }
    }

    @Test func anEditMeanwhileIsKept() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            let other = try folder.write("# Q\n", to: "Q.md")
            var set = DocumentSet([member(path), member(other)])
            let edits = Mutex(0)
            set.beforeReplacing = {
                let count = edits.withLock { count in
                    count += 1
                    return count
                }
                if count < 4 { try? Data("# P\n\nedit \(count)\n".utf8).write(to: URL(filePath: path)) }
            }
            try set.write()
            #expect(try folder.read("P.md").hasPrefix("# P\n\nedit 3\n\n<!-- assay:begin"))
            #expect(try folder.read("Q.md").components(separated: "assay:begin") == 2)
        }
    }

    @Test("C5: of two documents the one that is edited all the time is named")
    func theEditedOneIsNamed() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            let other = try folder.write("# Q\n", to: "Q.md")
            var set = DocumentSet([member(path), member(other)])
            let edits = Mutex(0)
            set.beforeReplacing = {
                let count = edits.withLock { count in
                    count += 1
                    return count
                }
                try? Data("# Q\n\nedit \(count)\n".utf8).write(to: URL(filePath: other))
            }
            let error = #expect(throws: DocumentError.self) { try set.write() }
            #expect(error?.code == .busy && error?.path == other)
        }
    }

    @Test func aKilledRunIsMended() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            try folder.write("half of a docu", to: ".P.md.assay-new")
            let set = DocumentSet([member(path), member(folder.file("Q.md"))])
            // As if it had been killed between the two.
            try DocumentSet([member(path)]).write()
            #expect(try set.write().map(\.path) == [folder.file("Q.md")])
            #expect(folder.files() == ["P.md", "Q.md"])
        }
    }

    @Test(.timeLimit(.minutes(2))) func writersTakeTurns() async throws {
        try await TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for night in 0..<8 {
                    group.addTask {
                        try DocumentSet([
                            DocumentSet.Member(path: path, mayBeMissing: false) { document throws(DocumentError) in
                                try ProgressDocument.updating(
                                    document,
                                    with: SampleRuns.run(night, [.init(id: "a", before: 1)]),
                                    verdict: SampleRuns.verdict,
                                    when: .always,
                                    templates: SampleRuns.templates,
                                    links: nil
                                )
                            }
                        ]).write()
                    }
                }
                try await group.waitForAll()
            }
            let document = try Document(folder.read("P.md"))
            let runs = Outline(document).entries.map(\.marker.run)
            #expect(runs.count == 8)
            #expect(runs == runs.sorted(by: >))
        }
    }

    @Test("F19: hard links stay names of one file, and those out of reach are told")
    func hardLinksAreKept() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            try folder.write("x", to: "elsewhere/x.md")
            #expect(link(path, folder.file("LOG.md")) == 0 && link(path, folder.file("elsewhere/P.md")) == 0)
            let changes = try DocumentSet([member(folder.file("LOG.md")), member(path)]).write()
            #expect(changes.count == 1)
            #expect(status(path).st_ino == status(folder.file("LOG.md")).st_ino)
            #expect(try folder.read("LOG.md").components(separated: "assay:begin") == 2)
            #expect(try folder.read("elsewhere/P.md") == "# P\n")
            #expect(changes.first?.notices.count == 1)
            #expect(folder.files() == ["LOG.md", "P.md", "elsewhere/P.md", "elsewhere/x.md"])
        }
    }

    @Test("F19: access lists and other extended attributes are kept")
    func attributesAreKept() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            // Owner rw, user 1234 r, group r, mask r, others nothing.
            let list: [UInt8] = [
                2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 210, 4, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255,
                16, 0,
                4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
            ]
            let values = ["user.assay": Array("kept".utf8), "system.posix_acl_access": list]
            let attributes = ExtendedAttributes(values)
            try withFile(path) { file in try #require(attributes.keep(on: file)) }
            let before = try withFile(path) { ExtendedAttributes(of: $0) }
            try DocumentSet([member(path)]).write()
            #expect(try folder.read("P.md").contains("assay:begin"))
            #expect(try withFile(path) { ExtendedAttributes(of: $0) } == before)
            #expect(before != ExtendedAttributes([:]))
        }
    }

    private func withFile<R>(_ path: String, _ body: (CInt) throws -> R) throws -> R {
        let file = open(path, O_RDWR)
        defer { close(file) }
        return try body(file)
    }

    @Test(
        "F19: a conflict of a merge is not written into, but shown ones are no conflict",
        arguments: [
            ("# P\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", 3),
            ("---\nx: y\n---\n\n<<<<<<<\n=======\n>>>>>>>\n", 5),
            ("# P\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n", nil), ("# P\n\n<<<<<<< HEAD\na\n", nil),
            ("# P\n=======\n\n>>>>>>> a\n", nil), ("# P\r\n<<<<<<< a\r\n=======\r\n>>>>>>> b\r\n", 2),
        ] as [(String, Int?)]
    )
    func conflictsAreRefused(text: String, line: Int?) throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write(text, to: "P.md")
            guard let line else {
                #expect(try DocumentSet([member(path)]).write().count == 1)
                return
            }
            let error = #expect(throws: DocumentError.self) { try DocumentSet([member(path)]).write() }
            #expect(error?.code == .unsuitable && error?.problem.hasPrefix("line \(line) ") == true)
            #expect(try folder.read("P.md") == text)
        }
    }

    @Test("F19: a document that somebody keeps changing is given up, however long it is")
    func patienceEnds() throws {
        try TemporaryFolder.with { folder in
            let path = try folder.write("# P\n", to: "P.md")
            var set = DocumentSet([member(path)])
            let edits = Mutex(0)
            set.patience = .zero
            set.beforeReplacing = {
                let count = edits.withLock { count in
                    count += 1
                    return count
                }
                try? Data("# P\n\nedit \(count)\n".utf8).write(to: URL(filePath: path))
            }
            let error = #expect(throws: DocumentError.self) { try set.write() }
            #expect(error?.code == .busy && edits.withLock { $0 } == 1)
            #expect(try folder.read("P.md") == "# P\n\nedit 1\n")
        }
    }

    @Test("F19: a path is told in its normal form, but not where `..` leads elsewhere")
    func normalPaths() throws {
        try TemporaryFolder.with { folder in
            try folder.write("x", to: "etc/x.md")
            try folder.write("x", to: "far/docs/x.md")
            symlink("far/docs", folder.file("docs"))
            #expect(DocumentPath.normal(folder.path + "/etc/../P.md") == folder.path + "/P.md")
            #expect(DocumentPath.normal(folder.path + "/./etc//P.md") == folder.path + "/etc/P.md")
            #expect(DocumentPath.normal(folder.path + "/docs/../P.md") == folder.path + "/docs/../P.md")
            let changes = try DocumentSet([member(folder.path + "/etc/../etc/P.md")]).write()
            #expect(changes.map(\.path) == [folder.path + "/etc/P.md"])
        }
    }

    private static let numbers = (0..<60).map { "\($0)\n" }
    private static let texts: [(old: String, new: String)] = [
        ("a\nb\nc\n", "a\nx\nc\n"), ("a", "a\n"), ("a\r\nb", "a\r\nb\r\nc"),
        (numbers.joined(), numbers.map { $0.hasPrefix("3") ? "x" + $0 : $0 }.joined()),
        (numbers.joined(), "top\n" + numbers.joined() + "end"), (numbers.joined(), "0\n59\n"),
    ]

    @Test(arguments: texts)
    func patchMakesTheNewDocument(old: String, new: String) throws {
        try TemporaryFolder.with { folder in
            let change = DocumentChange(path: "P.md", old: Array(old.utf8), new: Array(new.utf8))
            try folder.write(old, to: "P.md")
            try folder.write(change.diff, to: "P.diff")
            #expect(run(["/bin/sh", "-c", "cd '\(folder.path)' && git apply -p0 P.diff"]) == 0, "\(change.diff)")
            #expect(try folder.read("P.md") == new)
        }
    }

    private func run(_ arguments: [String]) -> CInt {
        var process = pid_t()
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        guard posix_spawn(&process, arguments[0], nil, nil, &pointers, environ) == 0 else { return -1 }
        var status: CInt = 0
        waitpid(process, &status, 0)
        return status
    }
}

extension String {
    fileprivate func components(separated by: String) -> Int {
        split(separator: by, omittingEmptySubsequences: false).count
    }
}
