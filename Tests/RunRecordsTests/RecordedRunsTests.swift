import AuditModel
import RunRecords
import TestSupport
import Testing

struct RecordedRunsTests {
    private func run(_ number: UInt32, mode: Run.Mode = .fix) -> Run {
        let moment = Timestamp(milliseconds: 1_795_403_700_000)
        let statement = Statement("SELECT 1", at: Statement.Place(path: "a.md", line: 1, column: 1))
        let checks = ["a", "b"].map { id in
            let work = ViolationWork(find: statement)
            return CheckResult(check: Check(id: id, title: id, path: "\(id).md", work: .violations(work)), work: work)
        }
        var users = UserTallies(checks: ["a", "b"])
        for (user, label) in [("1,\"x\"\n", "two\nlines"), ("", nil), ("é", "label")] {
            users.add(user, check: 0, phase: .before, times: 3)
            users.add(user, check: 1, phase: .repaired, times: -2)
            users.add(user, check: 1, phase: .after, times: 2)
            if let label, let index = users.index(of: user) { users.setLabel(label, user: index) }
        }
        return Run(
            id: RunID(startedAt: moment, random: number),
            mode: mode,
            suite: SuiteSummary(name: "s", title: "S", digest: "sha256:0"),
            database: DatabaseIdentity(
                name: "d",
                host: nil,
                port: nil,
                user: "u",
                serverVersion: "15",
                systemIdentifier: nil
            ),
            snapshots: Snapshots(before: SnapshotIdentity(takenAt: moment, lsn: nil)),
            startedAt: moment,
            finishedAt: moment,
            checks: checks,
            statistics: [],
            coverage: Coverage(measured: 2, notMeasured: []),
            users: users
        )
    }

    private func write(_ run: Run, in folder: TemporaryFolder) throws {
        let begun = try OutputFolder(folder.path).begin(run.id)
        try begun.write(run)
        try begun.publish(latest: [])
    }

    @Test func whatWasWrittenIsRead() throws {
        try TemporaryFolder.with { folder in
            let runs = RecordedRuns(in: folder.path)
            #expect(try runs.latest() == nil)
            let (first, second) = (run(1), run(2, mode: .dryRun))
            try write(first, in: folder)
            try write(second, in: folder)
            #expect(runs.newestFirst == [second.id, first.id])
            #expect(try runs.latest()?.id == first.id, "what was rolled back is not the state of anything")
            let read = try runs.run(named: first.id.description)
            #expect(read.totals == first.totals && read.checks == first.checks)
            let ids = first.users.sortedByID()
            #expect(read.users.sortedByID().map(read.users.id) == ids.map(first.users.id))
            #expect(read.users.sortedByID().map(read.users.label) == ids.map(first.users.label))
            for check in [0, 1] {
                #expect(
                    read.users.sortedByID().map { read.users.tally(check: check, user: $0) }
                        == ids.map { first.users.tally(check: check, user: $0) }
                )
            }
        }
    }

    @Test func whatIsMissingOrSpoiltIsTold() throws {
        try TemporaryFolder.with { folder in
            let run = run(1)
            try write(run, in: folder)
            let runs = RecordedRuns(in: folder.path)
            let missing = #expect(throws: RecordError.self) { try runs.run(named: "yesterday") }
            #expect(missing?.code == .missing && missing?.description.contains(run.id.description) == true)
            for (file, text) in [("users.csv", "user\n1,2,zzz,1,2,3\n"), ("run.json", "{}")] {
                try folder.write(text, to: "runs/\(run.id)/\(file)")
                let spoilt = #expect(throws: RecordError.self) { try runs.run(named: run.id.description) }
                #expect(spoilt?.code == .unreadable && spoilt?.description.contains(file) == true)
            }
        }
    }
}
