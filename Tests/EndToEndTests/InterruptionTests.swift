import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A run that is ended leaves neither half a report nor a statement on the server.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct InterruptionTests {
    private static func sleeper(_ folder: TemporaryFolder) throws {
        try folder.suite(["slow": check("slow", "SELECT pg_sleep(100) AS x"), "fast": check("fast", "SELECT 1 AS x")])
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)])
    func `a signal ends the run and its statements`(signal: CInt, status: Int) async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.sleeper(folder)
                let before = folder.files()
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder) {
                    program in
                    try await eventually { try await isSleeping(at: conninfo) }
                    program.signal(signal)
                }
                #expect(result.status == status && result.stdout == "")
                #expect(
                    result.stderr
                        == "assay: interrupted; nothing was written, and nothing is left running on the server.\n"
                )
                // The server has confirmed it before the program ended.
                #expect(try await !isSleeping(at: conninfo))
                #expect(folder.files() == before)
            }
        }
    }

    @Test func `a killed run is not seen, its statement ends, and the next run clears up`() async throws {
        try await withDatabase { conninfo in
            try await TemporaryFolder.with { folder in
                try Self.sleeper(folder)
                let result = try await assay(["audit", "--suite", "suite", "--database", conninfo], in: folder) {
                    program in
                    try await eventually { try await isSleeping(at: conninfo) }
                    program.signal(SIGKILL)
                }
                #expect(result.status == 128 + Int(SIGKILL))
                #expect(folder.runs().isEmpty && !folder.exists("output/index.html"))
                #expect(folder.files().contains { $0.hasPrefix("output/runs/.partial-") })
                try await eventually { try await !isSleeping(at: conninfo) }

                let next = try await assay(
                    ["audit", "--suite", "suite", "--database", conninfo, "--check", "fast"],
                    in: folder
                )
                #expect(next.status == 1 && folder.runs().count == 1)
                #expect(!folder.files().contains { $0.contains(".partial-") })
            }
        }
    }

    @Test func `a demo that is interrupted leaves no server behind`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite([:])
            let before = folder.files()
            let result = try await assay(["demo"], in: folder) { program in
                try await eventually { hasChild(program) }
                program.signal(SIGINT)
            }
            #expect(result.status == 130 && result.stdout == "")
            #expect(result.stderr.contains("assay: interrupted"))
            #expect(folder.files() == before)
        }
    }

    /// Whether a program has started another one that runs.
    private func hasChild(_ program: Program) -> Bool {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(program.id)/task")) ?? []
        return threads.contains { thread in
            let children = try? Data(contentsOf: URL(filePath: "/proc/\(program.id)/task/\(thread)/children"))
            return children?.isEmpty == false
        }
    }
}
