import Glibc
import TestSupport
import Testing

/// What the person who gives wrong input reads: what happened, where, and what to do; and nothing is half-written.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct WrongInputTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var files: [String: String] = [:]
        /// Whether `--database` leads to the sample.
        var reachesDatabase = true
        var status: Int
        /// What standard error must say.
        var says: [String]
    }

    static let usage = [
        Case(
            testDescription: "unknown flag",
            arguments: ["--chek", "x"],
            status: 64,
            says: ["Unknown option '--chek'", "assay audit --help"]
        ),
        Case(
            testDescription: "unknown check",
            arguments: ["--check", "channel"],
            status: 64,
            says: ["the suite has no check 'channel'", "channel-without-broadcast, broadcast-without-channel"]
        ),
        Case(
            testDescription: "unknown tag",
            arguments: ["--tag", "nope"],
            status: 64,
            says: ["no check of the suite has the tag 'nope'; the tags are broadcast, nightly"]
        ),
        Case(
            testDescription: "impossible user",
            arguments: ["--user", "nope"],
            status: 64,
            says: ["the user 'nope' cannot be one of the check", "'client_id' of the type uuid"]
        ),
        Case(
            testDescription: "no jobs",
            arguments: ["--jobs", "0"],
            status: 64,
            says: ["jobs is 0, and must be from 1 to 64"]
        ),
        Case(
            testDescription: "jobs in words",
            arguments: ["--jobs", "two"],
            status: 64,
            says: ["The value 'two' is invalid for '--jobs"]
        ),
        Case(
            testDescription: "time without a unit",
            arguments: ["--statement-timeout", "60"],
            status: 64,
            says: ["the statement timeout is '60'", "500ms, 60s or 5min"]
        ),
        Case(
            testDescription: "time in words",
            arguments: ["--lock-timeout", "never"],
            status: 64,
            says: ["the lock timeout is 'never'"]
        ),
        Case(
            testDescription: "time out of range",
            arguments: ["--statement-timeout", "99999999d"],
            status: 64,
            says: ["the statement timeout is '99999999d', and must be at most 24d"]
        ),
        Case(
            testDescription: "unknown severity",
            arguments: ["--fail-on", "warn"],
            status: 64,
            says: ["'error', 'warning', 'info' or 'never'"]
        ),
        Case(
            testDescription: "unknown format",
            arguments: ["--format", "xml"],
            status: 64,
            says: ["'human' and 'json'"]
        ),
        Case(
            testDescription: "variable that is no number",
            environment: ["ASSAY_JOBS": "two"],
            status: 64,
            says: ["the variable ASSAY_JOBS is 'two', and must be a whole number"]
        ),
        Case(
            testDescription: "variable that is no severity",
            environment: ["ASSAY_FAIL_ON": "warn"],
            status: 64,
            says: ["the variable ASSAY_FAIL_ON is 'warn', and must be error, warning, info or never"]
        ),
    ]

    static let files = [
        Case(
            testDescription: "missing suite",
            arguments: ["--suite", "nowhere"],
            status: 65,
            says: ["nowhere: there is no such folder; a suite is a folder with a 'suite.yml' and its check files"]
        ),
        Case(
            testDescription: "empty suite",
            arguments: ["--suite", "suite"],
            files: ["suite/readme.txt": ""],
            status: 65,
            says: ["suite"]
        ),
        Case(
            testDescription: "wrong check file",
            arguments: ["--suite", "suite"],
            files: ["suite/suite.yml": "id: s\ntitle: S\n", "suite/a.md": check("a", "SELEC 1")],
            status: 65,
            says: [
                "assay: the suite 'suite' has mistakes; nothing was done.",
                "suite/a.md:12:1: syntax error at or near \"SELEC\": did you mean SELECT?\n  12 | SELEC 1\n     | ^~~~~",
            ]
        ),
        Case(
            testDescription: "wrong template",
            arguments: ["--templates", "mine"],
            files: ["mine/pages/run.html.mustache": "<h1>{{titel}}</h1>"],
            status: 65,
            says: ["mine/pages/run.html.mustache:1:5: there is no value 'titel' here", "^"]
        ),
        Case(
            testDescription: "missing templates",
            arguments: ["--templates", "nowhere"],
            status: 65,
            says: ["nowhere: the folder of templates cannot be read"]
        ),
        Case(
            testDescription: "missing configuration",
            arguments: ["--config", "nowhere.yml"],
            status: 78,
            says: [
                "the configuration is wrong; nothing was done.",
                "nowhere.yml: the file cannot be read: No such file or directory",
            ]
        ),
        Case(
            testDescription: "misspelt configuration",
            files: ["assay.yml": "ouput: there\nlimits: { job: 3 }\n"],
            status: 78,
            says: [
                "assay.yml:1:1: unknown key 'ouput'; the keys here are suite, database, expect, output, templates, parameters, limits, fail_on, documents\n  1 | ouput: there\n    | ^~~~~\n  did you mean 'output'?",
                "assay.yml:2:11: unknown key 'job'", "did you mean 'jobs'?",
            ]
        ),
        Case(
            testDescription: "wrong documents in the configuration",
            files: [
                "assay.yml": """
                documents:
                  progres: { path: PROGRESS.md }
                  bugs: { when: often }
                  decisions: { path: D.md, when: allways }
                  checklists: [A.md, A.md]

                """
            ],
            status: 78,
            says: [
                "assay.yml:2:3: unknown key 'progres'", "did you mean 'progress'?",
                "assay.yml:3:3: 'bugs' needs 'path', such as '{ path: BUGS.md }'",
                "assay.yml:3:17: unknown when 'often'",
                "assay.yml:4:34: unknown when 'allways'; it is one of changed, always, never",
                "assay.yml:5:22: 'A.md' is in the list twice",
            ]
        ),
        Case(
            testDescription: "time limit without a unit",
            files: ["assay.yml": "limits: { statement_timeout: 60, lock_timeout: 5s }\n"],
            status: 78,
            says: ["assay.yml:1:30: 'statement_timeout' takes a whole number with a unit: 500ms, 60s or 5min"]
        ),
        Case(
            testDescription: "a parameter that no check has",
            files: ["assay.yml": "parameters: { overdue_aftr: 3 days }\n"],
            status: 78,
            says: [
                "no check of the suite 'shipped:broadcast' uses the parameter 'overdue_aftr'",
                "They use max_channels, overdue_after, stuck_after.",
            ]
        ),
        Case(
            testDescription: "configuration that is no YAML",
            files: ["assay.yml": "suite: [\n"],
            status: 78,
            says: ["assay.yml:1:8: this is no YAML: a value is missing in a bracket, or the bracket is never closed"]
        ),
        Case(
            testDescription: "password in the configuration",
            files: ["assay.yml": "database: postgresql://ann:s3cret@host/shop\n"],
            status: 78,
            says: ["assay.yml:1:11: a password does not belong in this file", "~/.pgpass or PGPASSWORD", "ann:******@"]
        ),
        Case(
            testDescription: "password under a misspelt key",
            files: ["assay.yml": "databse: host=h password=s3cret\npassword: s3cret\n"],
            status: 78,
            says: ["did you mean 'database'?"]
        ),
    ]

    static let servers = [
        Case(
            testDescription: "no server on the socket",
            arguments: ["--database", "host=/nonexistent dbname=shop"],
            reachesDatabase: false,
            status: 69,
            says: [
                #"Cannot reach database "shop" at /nonexistent:5432"#,
                "No such file or directory. Is the server running locally and accepting connections on that socket? "
                    + "Check that the server runs and that --database names it.\n",
            ]
        ),
        Case(
            testDescription: "no server on the port",
            arguments: ["--database", "postgresql://ann:s3cret@127.0.0.1:1/shop"],
            reachesDatabase: false,
            status: 69,
            says: [#"Cannot reach database "shop" at 127.0.0.1:1"#, "Connection refused"]
        ),
        Case(
            testDescription: "no such host",
            arguments: ["--database", "host=nowhere.invalid password=s3cret"],
            reachesDatabase: false,
            status: 69,
            says: ["nowhere.invalid", "could not translate host name"]
        ),
        Case(
            testDescription: "no such service",
            arguments: ["--database", "service=nowhere"],
            reachesDatabase: false,
            status: 64,
            says: [#"Cannot connect to the database: definition of service "nowhere" not found. Check what --database"#]
        ),
        Case(
            testDescription: "no such time zone",
            environment: ["PGTZ": "Nowhere/Land"],
            status: 64,
            says: ["TimeZone", "Check what is set of libpq's own variables: PGTZ."]
        ),
        Case(
            testDescription: "no conninfo",
            arguments: ["--database", "host=db s3cret"],
            reachesDatabase: false,
            status: 64,
            says: ["the connection's address is not valid: a word stands without =", "user='ann lee'"]
        ),
        Case(
            testDescription: "unencoded password in a URL",
            arguments: ["--database", "postgresql://ann:x@/s3cret@host/shop"],
            reachesDatabase: false,
            status: 64,
            says: ["must be written %40, %2F or %3F"]
        ),
        Case(
            testDescription: "unexpected database",
            arguments: ["--expect", "telepaypsql"],
            status: 77,
            says: ["this is the database 'end_to_end_sample', and 'telepaypsql' is expected. Nothing was read."]
        ),
    ]

    @Test(arguments: usage + files + servers)
    func `it is explained`(wrong: Case) async throws {
        try await TemporaryFolder.with { folder in
            for (name, text) in wrong.files { try folder.write(text, to: name) }
            let before = folder.files()
            let database = wrong.reachesDatabase ? ["--database", try await Broadcast.sample] : []
            let suite = wrong.arguments.contains("--suite") ? [] : Broadcast.suite
            let result = try await assay(
                ["audit"] + database + suite + wrong.arguments,
                environment: wrong.environment,
                in: folder
            )
            #expect(result.status == wrong.status)
            #expect(result.stdout == "")
            for text in wrong.says { #expect(result.stderr.contains(text), "\(result.stderr)") }
            #expect(!result.stderr.contains("s3cret"))
            #expect(folder.files() == before)
        }
    }

    @Test func `a database and a role that are not there`() async throws {
        let conninfo = try await TestCluster.conninfo(database: "nowhere")
        try await TemporaryFolder.with { folder in
            let noDatabase = try await assay(["audit", "--database", conninfo] + Broadcast.suite, in: folder)
            #expect(noDatabase.status == 69)
            #expect(noDatabase.stderr.contains(#"database "nowhere" does not exist"#))
            let noRole = try await assay(
                ["audit", "--database", "\(Broadcast.sample) user=nobody_at_all"] + Broadcast.suite,
                in: folder
            )
            #expect(noRole.status == 77 && noRole.stderr.contains(#"role "nobody_at_all" does not exist"#))
            #expect(folder.files().isEmpty)
        }
    }

    @Test func `a file in the way of the output`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("mine", to: "output")
            let result = try await assay(["audit", "--database", Broadcast.sample] + Broadcast.suite, in: folder)
            #expect(result.status == 73)
            #expect(result.stderr.contains("cannot create the folder output: Not a directory. Move what is in the way"))
            #expect(try folder.files() == ["output"] && folder.read("output") == "mine")
        }
    }

    @Test func `an output that may not be written`() async throws {
        try await TemporaryFolder.with { folder in
            try await OrdinaryUser.own(folder)
            #expect(mkdir(folder.file("output"), 0o755) == 0 && mkdir(folder.file("output/runs"), 0o755) == 0)
            chmod(folder.file("output/runs"), 0o555)
            let result = try await OrdinaryUser.assay(
                ["audit", "--database", Broadcast.sample] + Broadcast.suite,
                in: folder
            )
            #expect(result.status == 73 && result.stdout == "")
            #expect(result.stderr.contains("cannot write into output/runs: Permission denied. Let this user write"))
            #expect(folder.files().isEmpty)
            chmod(folder.file("output/runs"), 0o755)
        }
    }

    @Test func `a disk that is full`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite([
                "many": check("many", "SELECT n, repeat('x', 100) AS x FROM generate_series(1, 10000) AS n")
            ])
            // The limit stands for the disk's end: the write comes back with an error all the same.
            let script = #"trap "" XFSZ; ulimit -f 100; exec "$@""#
            let result = try await Program.run(
                ["-c", script, "sh", Program.assay, "audit", "--suite", "suite", "--database", Broadcast.sample],
                executable: "bash",
                in: folder.path
            )
            #expect(result.status == 73 && result.stdout == "")
            #expect(result.stderr.contains("many.csv: File too large. Make room there, or name another folder"))
            #expect(!folder.files().contains { $0.hasPrefix("output/") })
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `a file system that is full`() async throws {
        try await TemporaryFolder.with { folder in
            #expect(mkdir(folder.file("output"), 0o755) == 0)
            let mounted = try await Program.run(
                ["-t", "tmpfs", "-o", "size=64k", "assay-test", folder.file("output")],
                executable: "mount"
            )
            // Not every container may.
            guard mounted.status == 0 else { return }
            let result = try await assay(["audit", "--database", Broadcast.sample] + Broadcast.suite, in: folder)
            let left = folder.files()
            _ = try await Program.run([folder.file("output")], executable: "umount")
            #expect(result.status == 73 && result.stdout == "")
            #expect(result.stderr.contains("No space left on device. Make room there, or name another folder"))
            #expect(left.isEmpty)
        }
    }
}
