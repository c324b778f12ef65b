import TestSupport
import Testing

/// Slips on the command line, and in where things are.
@Suite(.timeLimit(.minutes(20)))
struct CommandSlipTests {
    private static func line(
        _ arguments: String...,
        status: Int = 64,
        environment: [String: String] = [:],
        files: [String: String] = [:],
        says: [String]
    ) -> Slip {
        var slip = Slip.query(arguments.joined(separator: " "), "SELECT 1 AS x WHERE false")
        slip.arguments = arguments
        slip.environment = environment
        slip.files.merge(files) { $1 }
        slip.status = status
        slip.says = says
        return slip
    }

    static let commands: [Slip] = [
        line("run", says: ["did you mean `assay audit`?"]),
        line("check", says: ["`assay audit`, which runs the checks, or `assay lint`"]),
        line("validate", says: ["did you mean `assay lint`?"]), line("test", says: ["`assay audit`", "`assay lint`"]),
        line("report", says: ["did you mean `assay audit`"]),
        line("help", "nonsense", says: ["there is no command 'nonsense'; there are audit, undo"]),
        line("audit", "--db", "x", says: ["Unknown option '--db'. Did you mean '--database'?"]),
        line("audit", "s", says: ["did you mean '--suite s'?"]),
        line("audit", "lint", says: ["one command at a time: `assay lint` is another"]),
        line(
            "audit",
            "--suite",
            "suite",
            "--tag",
            "x",
            "--database",
            "dbname=x",
            says: ["none of its checks has a tag"]
        ),
    ]

    @Test("D: commands and options", arguments: commands)
    func tellsOfCommands(slip: Slip) async throws { try await slip.verify() }

    static let suites: [Slip] = [
        line("lint", says: ["no suite is named", "nothing was done", "--suite suite"]),
        line("lint", "--suite", "sute", status: 65, says: ["there is no such folder", "Did you mean 'suite'?"]),
        line("lint", "--suite", "suite/a.md", status: 65, says: ["this is a file", "name the folder"]),
        line("lint", "--suite", ".", status: 65, says: ["there is no 'suite.yml'", "there is one in ./suite"]),
        line("lint", "--suite", "shipped:brodcast", says: ["there is shipped:broadcast"]),
        line("lint", environment: ["ASSAY_SUITES": "suite"], says: ["did you mean ASSAY_SUITE?", "no suite is named"]),
        line(
            "lint",
            "--suite",
            "suite",
            status: 0,
            environment: ["ASSAY_FOO": "x"],
            says: ["there are ASSAY_CONFIG, ASSAY_SUITE"]
        ),
        line("lint", "--suite", "suite", status: 0, environment: ["ASSAY_TEMPLATES": ""], says: ["no mistake"]),
    ]

    @Test("A6: which suite is meant", arguments: suites)
    func tellsOfSuites(slip: Slip) async throws { try await slip.verify() }

    static let unread: [Slip] = [
        line(
            "lint",
            files: ["assay.yaml": "suite: suite\n"],
            says: ["assay.yaml is not read: the configuration is named assay.yml"]
        ),
        line(
            "lint",
            "--suite",
            "suite",
            status: 0,
            files: ["suite/b.MD": ""],
            says: ["suite/b.MD: warning: not read", "ends in '.md'"]
        ),
        line(
            "lint",
            "--suite",
            "suite",
            status: 0,
            files: ["suite/suite.yaml": ""],
            says: ["suite/suite.yaml: warning: not read", "named 'suite.yml'"]
        ),
        line(
            "lint",
            "--suite",
            "suite",
            status: 0,
            files: ["suite/more/b.md": "---\nid: b\n"],
            says: ["suite/more: warning: not read", "move it up"]
        ),
        line("lint", "--suite", "suite/suite.yml", status: 0, says: ["suite: 1 check, no mistake"]),
    ]

    @Test("A20: what is seen and not read", arguments: unread)
    func tellsOfUnread(slip: Slip) async throws { try await slip.verify() }

    @Test("D: the grants of one role alone")
    func roles() async throws {
        var slip = Self.line(
            "sql",
            "roles",
            "--suite",
            "suite",
            "--reader",
            "r",
            status: 0,
            says: ["CREATE ROLE r LOGIN", "-- The reader: assay audit."]
        )
        slip.hides = ["fixer"]
        try await slip.verify()
        slip = Self.line("sql", "roles", "--suite", "suite", "--fixer", "f", status: 0, says: ["CREATE ROLE f LOGIN"])
        slip.hides = ["reader"]
        try await slip.verify()
    }
}
