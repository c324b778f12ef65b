import TestSupport
import Testing

/// On SQL that only a newer grammar knows, the server has the last word.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct NewerGrammarTests {
    private static let sql = "SELECT j.n FROM JSON_TABLE('[1]', '$[*]' COLUMNS (n int PATH '$')) AS j WHERE j.n > 1"

    @Test("B4: a server is asked about SQL that the parser does not know, and what it says counts")
    func asked() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["new": check("new", Self.sql), "old": check("old", "SELECT 1 AS x WHERE false")])
            let offline = try await assay(["lint", "--suite", "suite"], in: folder)
            #expect(offline.status == 65 && offline.stdout.contains("suite: 1 mistake\n"), "\(offline.stdout)")
            #expect(offline.stdout.contains("if the SQL is newer, 'assay lint --database …' asks your server"))
            // The server of the tests may be old or new.
            let database = ["--suite", "suite", "--database", try await Broadcast.sound]
            let isNew = Int(try await psql("SHOW server_version_num", at: Broadcast.sound)).map { $0 >= 170_000 }
            let asked = try await assay(["lint"] + database, in: folder)
            let audit = try await assay(["audit"] + database, in: folder)
            if isNew == true {
                #expect(asked.status == 0 && asked.stdout.contains("the server takes every statement"))
                #expect(audit.status == 0 && audit.stderr.contains("suite/new.md:12: the server takes this SQL"))
            } else {
                for text in [asked.stdout, audit.stderr] {
                    #expect(text.contains("suite/new.md:12:") && text.contains("syntax error at or near"), "\(text)")
                    #expect(!text.contains("if the SQL is newer"), "\(text)")
                }
                #expect(asked.status == 65 && audit.status == 65 && audit.stderr.contains("nothing was done"))
                #expect(folder.runs().isEmpty)
            }
        }
    }
}
