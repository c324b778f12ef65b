import Foundation
import TestSupport
import Testing

/// What of a run is on the disk, and when.
@Suite(.timeLimit(.minutes(20)))
struct RecordDiskTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad'), (3, 'ok')
        """

    private func withProject(_ body: (_ common: [String], TemporaryFolder) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["bad": fixing("bad")])
            try await withDatabase(loading: [Self.schema]) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                try await body(["--database", conninfo, "--expect", name, "--suite", "suite"], folder)
            }
        }
    }

    @Test("C3: a folder in the place of the page: the record is there, and that is said")
    func pageInTheWay() async throws {
        try await withProject { common, folder in
            try folder.write("", to: "output/index.html/x")
            let run = try await assay(["audit"] + common, in: folder)
            let id = try #require(folder.runs().first)
            #expect(run.status == 73, "\(run.stdout)\(run.stderr)")
            #expect(run.stderr.contains("The run itself is recorded in output/runs/\(id)"), "\(run.stderr)")
            #expect(!run.stderr.contains("No report was written"), "\(run.stderr)")
            #expect(folder.exists("output/runs/\(id)/index.html"))
        }
    }

    @Test("a full disk in a repair: nothing is repaired, and that is said", .enabled(if: geteuid() == 0))
    func fullDisk() async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite(["bad": fixing("bad")])
            #expect(mkdir(folder.file("output"), 0o755) == 0)
            let mounted = try await Program.run(
                ["-t", "tmpfs", "-o", "size=64k", "assay-test", folder.file("output")],
                executable: "mount"
            )
            // Not every container may.
            guard mounted.status == 0 else { return }
            let rows = "INSERT INTO t SELECT g, 'bad' FROM generate_series(10, 9000) AS g"
            try await withDatabase(loading: [Self.schema, rows]) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                let common = ["--suite", "suite", "--database", conninfo]
                let audit = try await assay(["audit"] + common, in: folder)
                #expect(audit.status == 73 && audit.stderr.hasSuffix("--output. No report was written.\n"))
                let fix = try await assay(["audit", "--fix", "--expect", name] + common, in: folder)
                #expect(
                    fix.status == 73
                        && fix.stderr.hasSuffix("--output. Nothing was repaired. No report was written.\n"),
                    "\(fix.stderr)"
                )
                #expect(try await psql("SELECT count(*) FROM t WHERE state = 'good'", at: conninfo) == "0")
            }
            _ = try await Program.run([folder.file("output")], executable: "umount")
        }
    }

    /// Some containers let nobody trace.
    private static let canTrace: Bool = {
        let trace = Process()
        trace.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
        trace.arguments = ["-o", "/dev/null", "true"]
        trace.standardError = FileHandle.nullDevice
        try? trace.run()
        trace.waitUntilExit()
        return trace.terminationStatus == 0
    }()

    @Test("C4: every file and folder of a record is on the disk before it is published", .enabled(if: canTrace))
    func synchronized() async throws {
        try await withProject { common, folder in
            let calls = "trace=fsync,fdatasync,rename,renameat,renameat2"
            let run = try await Program.run(
                ["-f", "-y", "-qq", "-e", calls, "-o", "trace", Program.assay, "audit", "--fix"] + common,
                executable: "strace",
                in: folder.path
            )
            #expect(run.status == 0, "\(run.stdout)\(run.stderr)")
            let lines = try folder.read("trace").split(separator: "\n").map(String.init)
            let id = try #require(folder.runs().first)
            let renames = lines.indices.filter { lines[$0].contains("rename") && lines[$0].contains("runs/\(id)\"") }
            let published = try #require(renames.first)
            let synced = lines[..<published].filter { $0.contains("sync(") }.joined(separator: "\n")
            for name in folder.files() where name.hasPrefix("output/runs/\(id)/") && !name.hasSuffix(".pending") {
                let part = name.dropFirst("output/runs/\(id)/".count)
                #expect(synced.contains(".partial-\(id)/\(part)>"), "\(part) is not synchronized")
                guard let slash = part.lastIndex(of: "/") else { continue }
                #expect(synced.contains(".partial-\(id)/\(part[..<slash])>"), "\(part)'s folder is not synchronized")
            }
            #expect(synced.contains(".partial-\(id)>"))
            #expect(lines[published...].contains { $0.contains("sync(") && $0.contains("output/runs>") })
        }
    }
}
