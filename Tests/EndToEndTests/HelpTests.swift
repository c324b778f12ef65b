import TestSupport
import Testing

/// The help teaches; its snapshots are there to be read.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct HelpTests {
    @Test(arguments: [
        ["--help"], ["help", "audit"], ["help", "demo"], ["help", "lint"], ["help", "attach"], ["help", "checklist"],
    ])
    func `it says what there is`(arguments: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(arguments, environment: ["COLUMNS": "80"], in: folder)
            #expect(result.status == 0 && result.stderr == "")
            #expect(result.stdout.split(separator: "\n").allSatisfy { $0.count <= 80 })
            try expectSnapshot(result.stdout, named: "help-\(arguments.count == 1 ? "assay" : arguments[1]).txt")
        }
    }

    @Test(arguments: [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])])
    func `completions are a valid script`(shell: String, check: [String]) async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(["--generate-completion-script", shell], in: folder)
            #expect(result.status == 0)
            for word in ["audit", "demo", "lint", "fail-on"] { #expect(result.stdout.contains(word)) }
            // Bash is always there; the others are asked where they are.
            let script = try folder.write(result.stdout, to: "completions")
            let hasShell = try await Program.run(["-c", "command -v \(shell)"], executable: "sh").status == 0
            guard hasShell else { return }
            #expect(try await Program.run(check + [script], executable: shell).status == 0)
        }
    }

    @Test func `the version is one line`() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(["--version"], in: folder)
            #expect(result.status == 0 && result.stdout.wholeMatch(of: /assay \d+\.\d+\.\d+\S*\n/) != nil)
        }
    }
}
