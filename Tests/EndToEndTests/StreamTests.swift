import TestSupport
import Testing

/// Standard output carries the result, standard error the rest; both may be anything, or nothing.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct StreamTests {
    @Test func `json is exactly run.json`() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(
                ["audit", "--format", "json", "--database", Broadcast.sample] + Broadcast.suite,
                in: folder
            )
            #expect(result.status == 1 && result.stderr == "")
            #expect(try result.stdout == folder.read("output/runs/\(folder.runs()[0])/run.json"))
        }
    }

    @Test(arguments: ["human", "json"])
    func `quiet speaks only when something is wrong`(format: String) async throws {
        try await TemporaryFolder.with { folder in
            let quiet = ["audit"] + Broadcast.suite + ["--quiet", "--format", format, "--database"]
            let sound = try await assay(quiet + [try await Broadcast.sound], in: folder)
            #expect(sound.status == 0 && sound.stdout == "" && sound.stderr == "")
            let sample = try await assay(quiet + [try await Broadcast.sample], in: folder)
            #expect(sample.status == 1 && sample.stdout.contains("channel") && sample.stderr == "")
            let enough = try await assay(quiet + [try await Broadcast.sample, "--fail-on", "never"], in: folder)
            #expect(enough.status == 0 && enough.stdout == "" && enough.stderr == "")
            let nowhere = try await assay(quiet + ["host=/nonexistent"], in: folder)
            #expect(nowhere.status == 69 && nowhere.stdout == "" && nowhere.stderr.hasPrefix("assay: Cannot reach"))
        }
    }

    /// Runs the program with a terminal for its output and errors, and returns what the terminal got.
    private static let terminal = """
        import os, pty, sys
        pid, fd = pty.fork()
        if pid == 0:
            os.execv(sys.argv[1], sys.argv[1:])
        text = b""
        while True:
            try:
                part = os.read(fd, 65536)
            except OSError:
                break
            if not part:
                break
            text += part
        os.waitpid(pid, 0)
        sys.stdout.buffer.write(text)
        """

    private func inTerminal(
        _ arguments: [String],
        environment: [String: String],
        in folder: TemporaryFolder
    ) async throws -> String {
        let unset = ["NO_COLOR": "", "CI": "", "TERM": "xterm"]
        return try await Program.run(
            ["-c", Self.terminal, Program.assay] + arguments,
            executable: "python3",
            environment: unset.merging(environment) { $1 },
            in: folder.path
        ).stdout
    }

    @Test func `a terminal shows what runs, and colours`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite([
                "nap": check("nap", "SELECT n, pg_sleep(0.00005) FROM generate_series(1, 5000) AS n")
            ])
            let audit = ["audit", "--suite", "suite", "--database", try await Broadcast.sample]
            let drawn = try await inTerminal(audit, environment: [:], in: folder)
            #expect(drawn.contains("\r0 of 1 check · nap "))
            #expect(drawn.contains("\u{1B}[K") && drawn.contains("\u{1B}[31m✕ failing"))
            // The line is wiped before the result stands there.
            let wiped = try #require(drawn.firstRange(of: "\r\u{1B}[K\u{1B}[1mA suite of tests:"))
            #expect(!drawn[wiped.upperBound...].contains("of 1 check ·"))

            let plain = try await inTerminal(audit, environment: ["NO_COLOR": "1"], in: folder)
            #expect(plain.contains("\r0 of 1 check") && plain.contains("  ✕ failing     5,000  The nap check"))
            #expect(!plain.replacing("\u{1B}[K", with: "").contains("\u{1B}"))

            for environment in [["TERM": "dumb"], ["CI": "true", "NO_COLOR": "1"]] {
                let dumb = try await inTerminal(audit, environment: environment, in: folder)
                #expect(!dumb.contains("\u{1B}") && dumb.contains("✕ failing"))
            }
            let quiet = try await inTerminal(audit + ["--quiet", "--fail-on", "never"], environment: [:], in: folder)
            #expect(quiet == "")
        }
    }

    @Test func `no escape code reaches a pipe`() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(
                ["audit", "--database", Broadcast.sample] + Broadcast.suite,
                environment: ["TERM": "xterm", "NO_COLOR": "", "CI": ""],
                in: folder
            )
            #expect(result.status == 1 && result.stderr == "")
            #expect(!result.stdout.contains("\u{1B}") && !result.stdout.contains("\r"))
        }
    }

    /// Closes or breaks the standard streams in a shell, and runs the program with its arguments there.
    @Test(arguments: [
        (#"set -o pipefail; "$@" | true"#, 1), (#"set -o pipefail; "$@" | head -1"#, 1), (#""$@" >&-"#, 1),
        (#""$@" <&- >&- 2>&-"#, 1), (#""$@" 2>&-"#, 1), (#""$@" >/dev/full"#, 73), (#""$@" 2>/dev/full"#, 1),
    ])
    func `a stream that is gone does not end the program`(shell: String, status: Int) async throws {
        try await TemporaryFolder.with { folder in
            // More text than a pipe holds.
            try folder.suite([
                "long": check("long", "SELECT n, repeat('x', 900) FROM generate_series(1, 200) AS n")
            ])
            try folder.write("limits: { sample_rows: 200 }\n", to: "assay.yml")
            let arguments = ["audit", "--suite", "suite", "--format", "json", "--database", try await Broadcast.sample]
            let result = try await Program.run(
                ["-c", shell, "bash", Program.assay] + arguments,
                executable: "bash",
                in: folder.path
            )
            #expect(result.status == status)
            #expect(folder.runs().count == 1 && folder.exists("output/index.html"))
            if status == 73 { #expect(result.stderr.contains("cannot write to standard output: No space left")) }
        }
    }
}
