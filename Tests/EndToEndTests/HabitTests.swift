import Glibc
import TestSupport
import Testing

/// What people type out of habit is answered with what is meant here.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct HabitTests {
    @Test(
        "D: a command that is not there",
        arguments: [
            (["run"], "there is no command 'run'; did you mean `assay audit`?"),
            (
                ["check", "--suite", "s"],
                "`assay audit`, which runs the checks, or `assay lint`, which looks for mistakes"
            ),
            (["validate"], "there is no command 'validate'; did you mean `assay lint`?"),
            (["test"], "there is no command 'test'; did you mean `assay audit`, which runs the checks"),
            (["audti"], "did you mean `assay audit`?"), (["rollback"], "did you mean `assay undo`?"),
            (["help", "nonsense"], "there is no command 'nonsense'; there are audit, undo, history"),
            (["help", "sql", "rols"], "did you mean `assay sql roles`?"),
            (["sql", "journl"], "did you mean `assay sql journal`?"),
        ]
    )
    func commands(arguments: [String], says: String) async throws {
        let result = try await Program.run(arguments)
        #expect(result.status == 64 && result.stdout == "")
        #expect(result.stderr.hasPrefix("assay: ") && result.stderr.contains(says), "\(result.stderr)")
    }

    @Test(
        "D: an option that is not there",
        arguments: [
            (["audit", "--db", "shop"], "Unknown option '--db'. Did you mean '--database'?"),
            (["history", "--url", "x"], "Did you mean '--database'?"),
            (["audit", "--dir", "s"], "Did you mean '--suite'?"),
            (["audit", "--json"], "Did you mean '--format json'?"),
            (["audit", "--host", "db"], "Did you mean '--database host=…'?"),
            (["audit", "--chek", "x"], "Did you mean '--check'?"),
            (["audit", "s"], "Unexpected argument 's'; did you mean '--suite s'?"),
            (["lint", "my suite"], "did you mean '--suite 'my suite''?"),
        ]
    )
    func options(arguments: [String], says: String) async throws {
        let result = try await Program.run(arguments)
        #expect(result.status == 64 && result.stdout == "")
        #expect(result.stderr.contains(says) && result.stderr.contains("Usage: assay"), "\(result.stderr)")
    }

    @Test(
        "D: a database that is named without --database shows no password",
        arguments: ["postgresql://ann:s3cret@host/shop", "host=db password=s3cret"]
    )
    func argument(address: String) async throws {
        let result = try await Program.run(["audit", address])
        #expect(result.status == 64 && !result.stderr.contains("s3cret"))
        #expect(result.stderr.contains("a database is named with --database"))
    }

    @Test("D: help and version still end well")
    func help() async throws {
        for arguments in [
            [], ["--help"], ["help"], ["help", "sql", "roles"], ["sql"], ["audit", "--help"], ["--version"],
        ] {
            let result = try await Program.run(arguments)
            #expect(result.status == 0 && result.stderr == "" && !result.stdout.isEmpty, "\(arguments)")
        }
    }

    @Test("D: a tag in a suite without tags")
    func tag() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["a": check("a", "SELECT 1")])
            let arguments = ["audit", "--suite", "suite", "--tag", "x", "--database", try await Broadcast.sound]
            let result = try await assay(arguments, in: folder)
            #expect(result.status == 64)
            #expect(result.stderr.contains("no check of the suite has the tag 'x'; none of its checks has a tag"))
        }
    }

    @Test("D: the name of a database alone, and none at all")
    func names() async throws {
        _ = (try await Broadcast.sound, try await Broadcast.sample)
        let login = ["PGHOST": try await TestCluster.socketDirectory, "PGUSER": "audit"]
        try await TemporaryFolder.with { folder in
            try folder.suite(["a": check("a", "SELECT 1 WHERE false")])
            func audit(_ arguments: [String], _ environment: [String: String]) async throws -> Program.Result {
                try await assay(["audit", "--suite", "suite"] + arguments, environment: environment, in: folder)
            }
            let name = try await audit(["--database", "end_to_end_sound"], login)
            #expect(name.status == 0, "\(name.stderr)")
            #expect(try folder.record().database.name == "end_to_end_sound")
            let none = try await audit([], ["PGHOST": "/nonexistent", "PGUSER": "ann"])
            #expect(none.status == 69)
            #expect(none.stderr.contains(#"database "ann" at /nonexistent:5432 (no database is named, so that it is"#))
            #expect(
                none.stderr.contains("Name the database with --database, DATABASE_URL, or `database:` in assay.yml.")
            )
            let chosen = try await audit([], ["PGHOST": "/nonexistent", "PGUSER": "ann", "PGDATABASE": "shop"])
            #expect(chosen.status == 69 && !chosen.stderr.contains("no database is named"))
            // The server's reason, whole.
            for (variable, reason) in [
                ("PGTZ", #"invalid value for parameter "TimeZone": "Mars/Phobos""#),
                ("PGOPTIONS", #"unrecognized configuration parameter "no_such""#),
            ] {
                let value = variable == "PGTZ" ? "Mars/Phobos" : "-c no_such=1"
                let wrong = try await audit(
                    ["--database", "end_to_end_sound"],
                    login.merging([variable: value]) { $1 }
                )
                #expect(wrong.status != 0 && wrong.stderr.contains(reason), "\(wrong.stderr)")
                #expect(wrong.stderr.contains("libpq's own variables: \(variable)."), "\(wrong.stderr)")
            }
        }
    }

    @Test("C7: a pipe or a device in place of a file is refused", arguments: ["pipe", "device"])
    func noFile(kind: String) async throws {
        try await TemporaryFolder.with { folder in
            func place(_ name: String) throws {
                try folder.write("", to: name)
                #expect(unlink(folder.file(name)) == 0)
                if kind == "pipe" {
                    #expect(mkfifo(folder.file(name), 0o644) == 0)
                } else {
                    #expect(symlink("/dev/zero", folder.file(name)) == 0)
                }
            }
            try place("templates/pages/run.html.mustache")
            try place("assay-pipe.yml")
            try place("suite/a.md")
            try folder.write("id: s\ntitle: S\n", to: "suite/suite.yml")
            try place("BUGS.md")
            let template = try await assay(["lint", "--templates", "templates"] + Broadcast.suite, in: folder)
            #expect(template.status == 65 && template.stdout.contains("it is no regular file"))
            let configuration = try await assay(["lint", "--config", "assay-pipe.yml"], in: folder)
            #expect(
                configuration.status == 78 && configuration.stderr.contains("assay-pipe.yml: this is no regular file")
            )
            let suite = try await assay(["lint", "--suite", "suite"], in: folder)
            #expect(suite.status == 65 && suite.stdout.contains("suite/a.md: this is no regular file"))
            let document = try await assay(["checklist", "BUGS.md"], in: folder)
            #expect(document.status == 65 && document.stderr.contains("this is no file"))
        }
    }
}
