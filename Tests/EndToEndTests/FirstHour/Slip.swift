import TestSupport
import Testing

/// Something that a newcomer writes wrong, and what the program must say to it.
struct Slip: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var arguments = ["lint", "--suite", "suite"]
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var status = 65
    /// Words that one of the two streams must have: what, where, what to do.
    var says: [String]
    /// Words that none of them may have.
    var hides: [String] = []

    /// A slip in the one check file of a suite.
    static func check(
        _ name: String,
        _ frontMatter: String = "",
        kind: String = "integrity",
        title: String = "# A",
        _ body: String = "```sql find\nSELECT 1 AS x\n```\n",
        says: String...
    ) -> Slip {
        let text = "---\nid: a\nkind: \(kind)\n\(frontMatter)---\n\n\(title)\n\nWhy.\n\n\(body)"
        return Slip(testDescription: name, files: ["suite/a.md": text], says: says)
    }

    /// A slip in the check's query.
    static func query(_ name: String, _ frontMatter: String, _ find: String, says: String...) -> Slip {
        let text = "---\nid: a\nkind: integrity\n\(frontMatter)---\n\n# A\n\n\n```sql find\n\(find)\n```\n"
        return Slip(testDescription: name, files: ["suite/a.md": text], says: says)
    }

    /// A slip in the query of a check without keys of its own.
    static func query(_ name: String, _ find: String, says: String...) -> Slip {
        var slip = query(name, "", find)
        slip.says = says
        return slip
    }

    /// A slip in the check's fix, or in its keys.
    static func fix(_ name: String, _ frontMatter: String, _ find: String, _ fix: String, says: String...) -> Slip {
        let text =
            "---\nid: a\nkind: integrity\nfix_limits: none\n\(frontMatter)---\n\n# A\n\n\n```sql find\n\(find)\n```\n\n"
            + "```sql fix\n\(fix)\n```\n"
        return Slip(testDescription: name, files: ["suite/a.md": text], says: says)
    }

    /// The same slip in another suite.
    func with(suite text: String) -> Slip {
        var slip = self
        slip.files["suite/suite.yml"] = text
        return slip
    }

    /// The same slip, told by an audit, which ends so.
    func audited(_ status: Int = 2) -> Slip {
        var slip = self
        slip.arguments = ["audit", "--suite", "suite", "--no-site", "--no-documents"]
        slip.status = status
        return slip
    }

    /// Runs the built program, in a folder with a suite.
    func verify(database: String? = nil) async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("id: s\ntitle: S\n", to: "suite/suite.yml")
            for (name, text) in files { try folder.write(text, to: name) }
            let result = try await assay(
                arguments + (database.map { ["--database", $0] } ?? []),
                environment: environment,
                in: folder
            )
            let text = result.stdout + result.stderr
            #expect(result.status == status, "\(text)")
            for words in says { #expect(text.contains(words), "\(text)") }
            for words in hides { #expect(!text.contains(words), "\(text)") }
        }
    }
}
