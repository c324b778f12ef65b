import EmbeddedPostgres
import Glibc
import TestSupport
import Testing

/// Which suite and which configuration a command takes, and that it says so.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SuiteChoiceTests {
    /// A folder with a configuration, a suite, and an empty folder below.
    private static func prepare(_ folder: TemporaryFolder) async throws {
        try folder.write("id: shop\ntitle: Shop\n", to: "shop/audits/shop/suite.yml")
        try folder.write(check("one", "SELECT 1 AS x WHERE false"), to: "shop/audits/shop/one.md")
        try folder.write(
            "suite: audits/shop\ndatabase: \(try await Broadcast.sound)\n",
            to: "shop/assay.yml"
        )
        try folder.write("", to: "shop/src/deep/.keep")
    }

    private static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: String
    ) async throws -> Program.Result {
        try await Program.run(arguments, environment: environment, in: folder)
    }

    @Test(
        "A6: without a suite nothing is run, and it is said where one was looked for",
        arguments: [["audit"], ["lint"], ["undo", "20260101T000000Z-000000", "--expect", "x"], ["sql", "roles"]]
    )
    func noSuite(arguments: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let database = ["audit", "undo"].contains(arguments[0]) ? ["--database", "host=/nonexistent"] : []
            let none = try await assay(arguments + database, in: folder)
            #expect(none.status == 64 && none.stdout == "")
            #expect(none.stderr.contains("no suite is named, and there is no assay.yml in \(folder.path) or above it"))
            #expect(none.stderr.contains("--suite FOLDER, or with `suite: FOLDER` in assay.yml"))
            #expect(none.stderr.contains("--suite shipped:broadcast.\n"))
            try folder.write("id: shop\ntitle: Shop\n", to: "audits/my shop/suite.yml")
            let near = try await assay(arguments + database, in: folder)
            #expect(near.status == 64 && near.stderr.contains("Name it: --suite 'audits/my shop' (or `suite:`"))
            let within = try await Self.run(arguments + database, in: folder.file("audits/my shop"))
            #expect(within.status == 64 && within.stderr.contains("Name it: --suite . (or"))
            try folder.write("output: there\n", to: "assay.yml")
            let silent = try await assay(arguments + database, in: folder)
            #expect(silent.status == 64 && silent.stderr.contains("and assay.yml has no `suite:`"))
        }
    }

    @Test("A6: a misspelt variable is named, and runs nothing in its place")
    func misspelt() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(["lint"], environment: ["ASSAY_SUITES": "suite", "ASSAY_X": "1"], in: folder)
            #expect(result.status == 64)
            #expect(result.stderr.contains("assay: warning: the variable ASSAY_SUITES is no setting of assay's"))
            #expect(result.stderr.contains("did you mean ASSAY_SUITE?"))
            #expect(result.stderr.contains("the variable ASSAY_X is no setting"))
            let known = try await assay(["lint"], environment: ["ASSAY_SUITE": "shipped:broadcast"], in: folder)
            #expect(known.status == 0 && known.stderr == "")
            let unknown = try await assay(["lint", "--suite", "shipped:brodcast"], in: folder)
            #expect(unknown.status == 64 && unknown.stderr.contains("there is shipped:broadcast."))
        }
    }

    @Test("A6: a configuration above is found, and its paths are relative to it")
    func above() async throws {
        try await TemporaryFolder.with { folder in
            try await Self.prepare(folder)
            let deep = folder.file("shop/src/deep")
            let result = try await Self.run(["audit"], in: deep)
            #expect(result.status == 0, "\(result.stderr)")
            #expect(result.stderr == "assay: notice: the configuration is ../../assay.yml\n")
            #expect(result.stdout.contains("suite ../../audits/shop, run "))
            #expect(result.stdout.contains("Report: ../../output/runs/"))
            #expect(folder.exists("shop/output/index.html") && !folder.exists("shop/src/deep/output"))
            let quiet = try await Self.run(["audit", "--quiet"], in: deep)
            #expect(quiet.status == 0 && quiet.stderr == "" && quiet.stdout == "")
            let lint = try await Self.run(["lint"], in: deep)
            #expect(lint.status == 0 && lint.stdout == "../../audits/shop: 1 check, no mistake\n")
            // The search ends at the home.
            let home = ["HOME": folder.file("shop/src")]
            #expect(try await Self.run(["lint"], environment: home, in: deep).status == 64)
            // One that is here is not spoken of.
            let here = try await Self.run(["lint"], in: folder.file("shop"))
            #expect(here.status == 0 && here.stderr == "" && here.stdout.hasPrefix("audits/shop: "))
        }
    }

    @Test("A6: another user's configuration must be named", .enabled(if: geteuid() == 0))
    func stranger() async throws {
        try await TemporaryFolder.with { folder in
            try await Self.prepare(folder)
            #expect(chown(folder.file("shop/assay.yml"), 65534, 65534) == 0)
            for name in ["shop", "shop/src"] {
                let result = try await Self.run(["audit"], in: folder.file(name))
                #expect(
                    result.status == 78 && result.stderr.contains("assay.yml belongs to another user (number 65534)")
                )
                #expect(result.stderr.contains("name it: --config "))
            }
            let named = try await Self.run(["audit", "--config", "assay.yml"], in: folder.file("shop"))
            #expect(named.status == 0, "\(named.stderr)")
        }
    }

    @Test(
        "C8: an empty variable is one that is not set",
        arguments: [
            "ASSAY_SUITE", "ASSAY_CONFIG", "ASSAY_TEMPLATES", "ASSAY_EXPECT", "ASSAY_OUTPUT", "ASSAY_JOBS",
            "ASSAY_FAIL_ON", "ASSAY_DATABASE", "DATABASE_URL", "ASSAY_STATEMENT_TIMEOUT", "ASSAY_LOCK_TIMEOUT",
            "ASSAY_NONSENSE",
        ]
    )
    func empty(variable: String) async throws {
        try await TemporaryFolder.with { folder in
            try await Self.prepare(folder)
            for arguments in [["lint"], ["lint", "--database", try await Broadcast.sound], ["audit"], ["history"]] {
                let result = try await Self.run(arguments, environment: [variable: ""], in: folder.file("shop"))
                #expect(result.status == 0 && result.stderr == "", "\(arguments): \(result.stderr)")
            }
        }
    }
}
