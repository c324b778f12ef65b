import TestSupport
import Testing

/// Files that look like a part of a suite are named where a person looks: by lint and by an audit.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct NotReadFileTests {
    @Test("A20: lint and an audit name what they do not read, and the exit code stays")
    func named() async throws {
        try await TemporaryFolder.with { folder in
            let one = check("one", "SELECT 1 AS x WHERE false")
            try folder.suite(["one": one])
            try folder.write(one, to: "suite/two.MD")
            try folder.write(one, to: "suite/more/three.md")
            try folder.write("", to: "suite/e\u{1B}[31m.yaml")
            let lint = try await assay(["lint", "--suite", "suite/suite.yml"], in: folder)
            #expect(lint.status == 0 && lint.stdout == "suite: 1 check, no mistake\n", "\(lint.stdout)")
            let database = ["--suite", "suite/suite.yml", "--database", try await Broadcast.sound]
            let audit = try await assay(["audit"] + database, in: folder)
            #expect(audit.status == 0 && audit.stdout.contains("The one check is clear"), "\(audit.stderr)")
            for text in [lint.stderr, audit.stderr] {
                #expect(text.contains("suite/two.MD: ") && text.contains("ends in '.md', in small letters"), "\(text)")
                #expect(text.contains("suite/more: ") && text.contains("three.md does not: move it up"), "\(text)")
                #expect(text.contains("[31m.yaml: ") && !text.contains("\u{1B}"), "\(text)")
            }
        }
    }
}
