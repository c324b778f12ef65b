import TestSupport
import Testing

/// What the program tells people to type works as it is printed, from any folder.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PrintedCommandTests {
    private static let rows = [
        "CREATE TABLE t (id int PRIMARY KEY, s text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad'), (3, 'good')"
    ]
    private static let fix = """
        ---
        id: bad
        kind: integrity
        key: id
        repairs: t
        fix_limits: { rows: 100 }
        ---

        # Bad ones

        x

        ```sql find
        SELECT id FROM t WHERE s = 'bad'
        ```

        ```sql fix
        UPDATE t SET s = 'good' FROM violations AS v WHERE t.id = v.id
        ```

        """

    private static func name(_ conninfo: String) throws -> String {
        try #require(conninfo.firstMatch(of: /dbname='?(\w+)/).map { String($0.1) })
    }

    private static func bad(_ conninfo: String) async throws -> String {
        try await psql("SELECT count(*) FROM t WHERE s = 'bad'", at: conninfo)
    }

    /// Runs a printed line as a person would: pasted into a shell, in another folder.
    private static func paste(_ line: String, _ environment: [String: String] = [:]) async throws -> Program.Result {
        try await TemporaryFolder.with { folder in
            let words = try #require(line.wholeMatch(of: /assay (.*)/)).1
            return try await Program.run(
                ["-c", "\(Program.assay) \(words)"],
                executable: "bash",
                environment: environment,
                in: folder.path
            )
        }
    }

    private static func undo(in text: String) throws -> String {
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Undo:   ") })
        return String(line.dropFirst(8))
    }

    @Test("A7: the undo that a fix prints works in another folder", arguments: ["flags", "configuration", "variables"])
    func undo(settings: String) async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "my suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "my suite/suite.yml")
                let name = try Self.name(conninfo)
                var arguments = ["audit", "--fix"]
                var environment: [String: String] = [:]
                switch settings {
                case "flags":
                    arguments += ["--suite", "my suite", "--database", conninfo, "--expect", name, "--output", "o'ut"]
                case "configuration":
                    let text = "suite: ../my suite\ndatabase: \(conninfo)\nexpect: { database: \(name) }\n"
                    try folder.write(text, to: "settings/assay.yml")
                    arguments += ["--config", "settings/assay.yml"]
                default:
                    environment = [
                        "ASSAY_SUITE": "my suite", "ASSAY_EXPECT": name, "DATABASE_URL": "\(conninfo) password=s3cret",
                    ]
                }
                let fixed = try await assay(arguments, environment: environment, in: folder)
                #expect(fixed.status == 0, "\(fixed.stderr)")
                #expect(!fixed.stdout.contains("s3cret"))
                #expect(try await Self.bad(conninfo) == "0")
                // The variables of a shell go with it into another folder.
                let secret = settings == "variables" ? environment.filter { $0.key == "DATABASE_URL" } : [:]
                let undone = try await Self.paste(Self.undo(in: fixed.stdout), secret)
                #expect(undone.status == 0, "\(undone.stderr)")
                #expect(undone.stdout.contains("2 rows taken back"))
                #expect(!undone.stdout.contains("could not be measured"), "\(undone.stdout)")
                #expect(try await Self.bad(conninfo) == "2")
                let output = settings == "flags" ? "o'ut" : "output"
                #expect(folder.runs(in: output).count == 2)
            }
        }
    }

    @Test("A7: a password is in no printed command, and its other settings are")
    func password() async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "suite/suite.yml")
                let name = try Self.name(conninfo)
                let host = try await TestCluster.socketDirectory
                for address in [
                    "\(conninfo) password='s3 cret'", "postgresql://audit:s3cret@/\(name)?host=\(host)",
                ] {
                    let fixed = try await assay(
                        ["audit", "--fix", "--suite", "suite", "--database", address, "--expect", name],
                        in: folder
                    )
                    #expect(fixed.status == 0, "\(fixed.stderr)")
                    for file in folder.files() where file.hasPrefix("output/") {
                        #expect(try !folder.read(file).contains("cret"), "\(file)")
                    }
                    let line = try Self.undo(in: fixed.stdout)
                    #expect(!line.contains("cret") && line.contains("host=\(host)"))
                    #expect(try await Self.paste(line).status == 0)
                    #expect(try await Self.bad(conninfo) == "2")
                }
            }
        }
    }

    @Test("A7: history, record, an audit and an undo print commands that work")
    func others() async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "suite/suite.yml")
                let audit = ["audit", "--suite", "suite", "--database", conninfo, "--format", "json"]
                let found = try RunRecord(json: try await assay(audit, in: folder).stdout)
                let again = try await Self.paste(try #require(found.commands.again))
                #expect(again.status == 1 && again.stdout.contains("The one check fails"), "\(again.stderr)")
                let fixed = try await Self.paste(try #require(found.commands.fix))
                #expect(fixed.status == 0 && fixed.stdout.contains("2 rows repaired"), "\(fixed.stderr)")

                let history = try await assay(["history", "--database", conninfo], in: folder)
                #expect(history.stdout.contains("suite shop"))
                let line = try #require(history.stdout.firstMatch(of: /with `(assay undo [^`]*)`/)).1
                let undone = try await Self.paste(String(line))
                #expect(undone.status == 0 && undone.stdout.contains("2 rows taken back"), "\(undone.stderr)")
                let repaired = try await Self.paste(try #require(try folder.record().commands.fix))
                #expect(repaired.status == 0 && repaired.stdout.contains("2 rows repaired"), "\(repaired.stderr)")
                // Where nothing knows the suite's place, the reader is asked for it.
                let elsewhere = try await Program.run(["history", "--database", conninfo])
                #expect(elsewhere.stdout.contains(" --suite FOLDER "))
            }
        }
    }

    @Test("as a reader: evidence that still fails leaves a status as it is, and says so in one sentence")
    func stillFailing() async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "suite/suite.yml")
                let text = "# Bugs\n\n## BUG-1: Two are bad\n\n**Status:** 🔴 OPEN\n"
                try folder.write(text, to: "BUGS.md")
                _ = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder)
                let run = try folder.record()
                let attached = try await assay(
                    ["attach", run.id, "--bug", "BUG-1", "--status", "resolved", "--document", "BUGS.md"],
                    in: folder
                )
                let check = try #require(run.checks.first?.id)
                #expect(
                    attached.stderr == "assay: BUGS.md: the status was left as it is, since run \(run.id) ended with "
                        + "2 violations of `\(check)`.\n",
                    "\(attached.stdout)\(attached.stderr)"
                )
                #expect(attached.stdout.contains("\n  the status was left as it is\n"), "\(attached.stdout)")
                #expect(try folder.read("BUGS.md").hasPrefix(text))
                #expect(try folder.read("BUGS.md").contains("**Evidence:** The one check fails"))
            }
        }
    }

    @Test("A7: an undo with another suite is refused, and nothing is changed")
    func otherSuite() async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "suite/suite.yml")
                let common = ["--database", conninfo, "--expect", try Self.name(conninfo)]
                let fixed = try await assay(["audit", "--fix", "--suite", "suite"] + common, in: folder)
                #expect(fixed.status == 0, "\(fixed.stderr)")
                let run = try await psql("SELECT max(id) FROM assay.runs", at: conninfo)
                let other = try await assay(["undo", run] + Broadcast.suite + common, in: folder)
                #expect(other.status == 64 && other.stdout == "")
                #expect(other.stderr.contains("repaired with the suite 'shop', and"))
                #expect(other.stderr.contains("is the suite 'broadcast'. Nothing was changed."))
                let shipped = try await assay(["undo", run, "--suite", "shipped:broadcast"] + common, in: folder)
                #expect(shipped.stderr.contains("and shipped:broadcast is the suite 'broadcast'."), "\(shipped.stderr)")
                #expect(try await Self.bad(conninfo) == "0" && folder.runs().count == 1)
            }
        }
    }

    @Test("A7: a report that cannot be written still tells how to take its repairs back")
    func noReport() async throws {
        try await withDatabase(loading: Self.rows) { conninfo in
            try await TemporaryFolder.with { folder in
                try folder.write(Self.fix, to: "suite/bad.md")
                try folder.write("id: shop\ntitle: Shop\n", to: "suite/suite.yml")
                try folder.write("mine", to: "output/index.html/kept")
                let common = ["--suite", "suite", "--database", conninfo, "--expect", try Self.name(conninfo)]
                let fixed = try await assay(["audit", "--fix"] + common, in: folder)
                #expect(fixed.status == 73)
                #expect(
                    fixed.stderr.contains("cannot replace output/index.html: Is a directory. Move what is in the way")
                )
                #expect(fixed.stderr.contains("The run itself is recorded in output/runs/"))
                #expect(!fixed.stderr.contains("No report was written"))
                #expect(folder.runs().count == 1)
                let line = try #require(fixed.stderr.firstMatch(of: /`(assay undo [^`]*)` takes them back/)).1
                _ = try await Self.paste(String(line))
                #expect(try await Self.bad(conninfo) == "2")
            }
        }
    }
}
