import AuditModel
import Foundation
import RunRecords
import Testing

struct RunFolderTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID())").path()

    private func id(_ number: UInt32) -> RunID {
        RunID(startedAt: Timestamp(milliseconds: 1_795_403_700_000), random: number)
    }

    private func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func nothingIsSeenBeforeItIsPublished() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let folder = try OutputFolder(root).begin(id(1))
        try folder.write("page", to: "index.html")
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        try folder.publish(latest: [("index.html", "latest")])
        #expect(names(folder.path) == ["findings", "index.html"])
        #expect(try text("\(root)/index.html") == "latest")
        #expect(names("\(root)/runs") == [id(1).description])
    }

    @Test func anAbandonedRunLeavesNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        do {
            let folder = try OutputFolder(root).begin(id(1))
            var file = try folder.findings(of: "a")
            try file.write("x\n".utf8)
        }
        #expect(names("\(root)/runs").isEmpty)
    }

    @Test func leftoversOfKilledRunsAreSweptAndLivingOnesAreNot() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let living = try OutputFolder(root).begin(id(1))
        let dead = "\(root)/runs/.partial-\(id(2))"
        try FileManager.default.createDirectory(atPath: dead + "/findings", withIntermediateDirectories: true)
        try Data("half".utf8).write(to: URL(filePath: dead + "/findings/a.csv"))
        _ = try OutputFolder(root)
        #expect(names("\(root)/runs") == [".partial-\(id(1))"])
        try living.publish(latest: [])
    }

    @Test func anOlderRunDoesNotReplaceTheLatestPage() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let output = try OutputFolder(root)
        let older = try output.begin(id(1))
        let newer = try output.begin(id(2))
        try newer.publish(latest: [("index.html", "newer")])
        try older.publish(latest: [("index.html", "older")])
        #expect(try text("\(root)/index.html") == "newer")
        #expect(names("\(root)/runs").count == 2)
    }

    @Test func aFileInTheWayIsNamed() throws {
        try Data().write(to: URL(filePath: root))
        defer { try? FileManager.default.removeItem(atPath: root) }
        let error = #expect(throws: OutputError.self) { try OutputFolder(root) }
        #expect(error?.description.contains(root) == true)
        #expect(error?.description.contains("Not a directory") == true)
    }

    @Test func usersFileIsSortedByUserThenCheck() throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        var users = UserTallies(checks: ["late", "early"])
        users.add("u2", check: 0, phase: .before, times: 2)
        users.add("u1", check: 0, phase: .before)
        users.add("u1", check: 1, phase: .before)
        users.add("", check: 1, phase: .before)
        users.setLabel("a \"b\", c", user: 0)
        users.copyBeforeToAfter()
        let folder = try OutputFolder(root).begin(id(1))
        try folder.write(run(users))
        try folder.publish(latest: [])
        #expect(
            try text("\(folder.path)/users.csv") == """
                user,label,check,before,repaired,gone,new,after
                ,,early,1,0,0,0,1
                u1,,early,1,0,0,0,1
                u1,,late,1,0,0,0,1
                u2,"a ""b"", c",late,2,0,0,0,2

                """
        )
    }

    @Test("A1: a number that JSON does not have costs no report", arguments: [Double.nan, .infinity, -.infinity])
    func oddNumbersAreRecorded(seconds: Double) throws {
        defer { try? FileManager.default.removeItem(atPath: root) }
        let find = Statement("SELECT 1", at: Statement.Place(path: "x.md", line: 1, column: 1))
        let work = ViolationWork(find: find)
        var check = CheckResult(check: Check(id: "x", title: "x", path: "x.md", work: .violations(work)), work: work)
        check.seconds = seconds
        let folder = try OutputFolder(root).begin(id(1))
        try folder.write(run(UserTallies(checks: ["x"]), checks: [check]))
        try folder.publish(latest: [])
        #expect(try text("\(folder.path)/run.json").contains(#""id" : "x""#))
    }

    private func run(_ users: UserTallies, checks: [CheckResult] = []) -> Run {
        Run(
            id: id(1),
            mode: .audit,
            suite: SuiteSummary(name: "s", title: "S", digest: ""),
            database: DatabaseIdentity(
                name: "d",
                host: nil,
                port: nil,
                user: "u",
                serverVersion: "15",
                systemIdentifier: nil
            ),
            snapshots: Snapshots(before: SnapshotIdentity(takenAt: Timestamp(milliseconds: 0), lsn: nil)),
            startedAt: Timestamp(milliseconds: 0),
            finishedAt: Timestamp(milliseconds: 0),
            checks: checks,
            statistics: [],
            coverage: Coverage(measured: checks.count, notMeasured: []),
            users: users
        )
    }
}
