import TestSupport
import Testing

/// All mistakes in one pass, each with its place.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct LintTests {
    private static let wrong = [
        "suite.yml": "id: wrong\ntitel: All of it\nchecks: [typo, nowhere]\n",
        "typo.md": "---\nid: typo\nkind: integrity\nsevrity: error\n---\n# Typos\n\n```sql find\nSELEC 1\n```\n",
        "twice.md": "---\nid: typo\nkind: orphan\n---\n# Twice\n\n```sql find\nDELETE FROM users\n```\n",
        "fence.md": "---\nid: fence\nkind: orphan\n---\n# Fence\n\n```sql fnd\nSELECT 1\n```\n",
        "two.md": "---\nid: two\nkind: integrity\n---\n# Two\n\n```sql find\nSELECT 1; SELECT 2\n```\n",
        "fix.md": """
        ---
        id: fix
        kind: orphan
        ---
        # Fix

        ```sql find
        SELECT 1 AS x
        ```

        ```sql fix
        DELETE FROM users USING violations WHERE id = x
        ```

        """,
        "nameless.md": "---\nkind: integrity\n---\n# Nameless\n\n```sql find\nSELECT 1\n```\n",
        "open.md": "---\nid: open\nkind: orphan\n# Open\n",
        "parameter.md": "---\nid: parameter\nkind: integrity\n---\n# P\n\n```sql find\nSELECT :limit\n```\n",
        "yaml.md": "---\nid: [yaml\n---\n# Y\n",
        "short.md": "---\nid: short\nkind: integrity\nexpect: not_nul\ntable: users\ncolumns: [id]\n---\n# Short\n",
    ]

    @Test func `wrong files of every sort are told offline in one pass`() async throws {
        try await TemporaryFolder.with { folder in
            for (name, text) in Self.wrong { try folder.write(text, to: "wrong/\(name)") }
            // No server is asked, whatever the environment names.
            let result = try await assay(
                ["lint", "--suite", "wrong"],
                environment: ["DATABASE_URL": "host=/nonexistent", "ASSAY_DATABASE": "host=/nonexistent"],
                in: folder
            )
            #expect(result.status == 65 && result.stderr == "")
            try expectSnapshot(result.stdout, named: "lint-wrong.txt")
            let audit = try await assay(["audit", "--suite", "wrong", "--database", "host=/nonexistent"], in: folder)
            #expect(audit.status == 65 && audit.stdout == "")
            // An audit has no word for what is only worth a note.
            let note = try #require(result.stdout.firstRange(of: /wrong\/fix.md:11:1: note: (.*\n){3}/))
            var mistakes = result.stdout.split(separator: "\n").dropLast().joined(separator: "\n")
            mistakes.removeSubrange(note)
            #expect(audit.stderr == "assay: the suite 'wrong' has mistakes; nothing was done.\n\(mistakes)\n")
        }
    }

    @Test func `the shipped suite has no mistake, offline and on a server`() async throws {
        try await TemporaryFolder.with { folder in
            let offline = try await assay(["lint"] + Broadcast.suite, in: folder)
            #expect(
                offline.status == 0 && offline.stdout.hasSuffix("shipped:broadcast: 16 checks, no mistake, 1 note\n")
            )
            let online = try await assay(["lint", "--database", Broadcast.sound] + Broadcast.suite, in: folder)
            #expect(online.status == 0)
            #expect(
                online.stdout.hasSuffix(
                    "shipped:broadcast: 16 checks, no mistake, 1 note; the server takes every statement\n"
                )
            )
            let files = try await assay(["lint", "--suite", Broadcast.folder], in: folder)
            #expect(
                files.stdout.hasSuffix("\(Broadcast.folder): 16 checks, no mistake, 1 note\n") && folder.files().isEmpty
            )
        }
    }

    @Test func `a server says what a statement lacks`() async throws {
        try await withDatabase(loading: [
            "CREATE TABLE users (id int, name text); INSERT INTO users VALUES (1); CREATE TABLE secrets (x int)",
            "CREATE ROLE assay_linter LOGIN; GRANT SELECT ON users TO assay_linter",
        ]) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.suite([
                    "a-table": check("a-table", "SELECT id\nFROM user_list"),
                    "b-column": check("b-column", "SELECT id\nFROM users\nWHERE nam IS NULL"),
                    "c-privilege": check("c-privilege", "SELECT x FROM secrets"),
                    "d-user": check("d-user", "SELECT * FROM users", user: "owner"),
                    "e-function": check("e-function", "SELECT nothing_like_it(id) FROM users"),
                    "f-runs-nothing": check("f-runs-nothing", "SELECT 1 / (id - id) FROM users"),
                ])
                let linter = "\(conninfo) user=assay_linter"
                let result = try await assay(["lint", "--suite", "suite", "--database", linter], in: folder)
                #expect(result.status == 65 && result.stderr == "")
                try expectSnapshot(result.stdout, named: "lint-server.txt")
                try folder.write("# No check\n", to: "suite/g-wrong.md")
                let wrong = try await assay(["lint", "--suite", "suite", "--database", linter], in: folder)
                #expect(wrong.status == 65)
                #expect(wrong.stdout.hasSuffix("suite: 1 mistake; the server is asked when the files are right\n"))
                let nowhere = try await assay(
                    ["lint", "--database", "host=/nonexistent"] + Broadcast.suite,
                    in: folder
                )
                #expect(nowhere.status == 69 && nowhere.stderr.contains("Cannot reach"))
            }
        }
    }

    @Test func `a wrong template is told with its place`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("<p>{{#checks}}{{titel}}</p>\n", to: "mine/pages/run.html.mustache")
            let result = try await assay(["lint", "--templates", "mine"] + Broadcast.suite, in: folder)
            #expect(result.status == 65)
            try expectSnapshot(result.stdout, named: "lint-template.txt")
        }
    }
}
