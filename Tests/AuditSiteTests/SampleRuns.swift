import AuditModel

/// Runs made by hand.
enum SampleRuns {
    static let start = 1_795_403_700_000

    static func run(
        _ mode: Run.Mode = .audit,
        checks: [CheckResult] = [],
        statistics: [StatisticResult] = [],
        gaps: [Coverage.Gap] = [],
        users: UserTallies? = nil,
        milliseconds: Int = 4200,
        readsServer: Bool = true,
        selection: Selection = Selection(),
        commands: RunCommands = RunCommands()
    ) -> Run {
        let id = RunID(startedAt: Timestamp(milliseconds: start), random: 0x7f3a9c)
        let second = SnapshotIdentity(
            takenAt: Timestamp(milliseconds: start + milliseconds - 80),
            lsn: readsServer ? "5/A1B30118" : nil
        )
        return Run(
            id: id,
            mode: mode,
            selection: selection,
            suite: SuiteSummary(
                name: "broadcast",
                title: "Broadcast manager",
                path: "audits/broadcast",
                digest: "sha256:9f2c1e47a0b35d68c4f19e7b2d80a6531c9e4f7208b6d3a5e1f0c7924b8d41ab"
            ),
            database: DatabaseIdentity(
                name: "telepaypsql",
                host: "db.example.net",
                port: 5432,
                user: "auditor",
                serverVersion: "15.18",
                systemIdentifier: readsServer ? "7312345678901234567" : nil,
                timeZone: "UTC"
            ),
            snapshots: Snapshots(
                before: SnapshotIdentity(
                    takenAt: Timestamp(milliseconds: start + 118),
                    lsn: readsServer ? "5/A1B2C3D8" : nil
                ),
                after: mode == .fix || mode == .undo ? second : nil
            ),
            startedAt: Timestamp(milliseconds: start),
            finishedAt: Timestamp(milliseconds: start + milliseconds),
            checks: checks,
            statistics: statistics,
            coverage: Coverage(measured: checks.count + statistics.count - gaps.count, notMeasured: gaps),
            users: users ?? UserTallies(checks: checks.map(\.id)),
            commands: commands
        )
    }

    static func check(
        _ id: String,
        _ title: String,
        severity: Severity = .error,
        found: Int? = 0,
        repaired: Int? = nil,
        gone: Int? = nil,
        users: Int? = nil,
        scope: Int? = nil,
        error: String? = nil,
        hasFix: Bool = false,
        columns: [String] = [],
        rows: [[String?]] = [],
        documentation: String = "What a violation means."
    ) -> CheckResult {
        let find = Statement(
            "SELECT m.client_id\nFROM main_clients_database AS m\nWHERE m.client_id < 0",
            at: Statement.Place(path: "\(id).md", line: 12, column: 1)
        )
        let check = Check(
            id: id,
            title: title,
            severity: severity,
            tags: ["nightly"],
            documentation: documentation,
            path: "audits/broadcast/\(id).md",
            work: .violations(ViolationWork(find: find)),
            user: users == nil ? nil : "client_id"
        )
        var result = CheckResult(check: check, work: ViolationWork(find: find))
        if hasFix {
            result.fix = FixSummary(
                statement: "INSERT INTO broadcast_manager (client_id)\nSELECT client_id\nFROM violations",
                table: "broadcast_manager",
                limitRows: 10_000,
                limitShare: 0.2
            )
        }
        let left = found.map { $0 - (repaired ?? 0) - (gone ?? 0) }
        result.before = found
        result.repaired = repaired
        result.gone = gone ?? repaired.map { _ in 0 }
        result.new = result.gone.map { _ in 0 }
        result.after = left
        result.usersBefore = found == nil ? nil : users
        result.usersAfter = left == 0 ? users.map { _ in 0 } : result.usersBefore
        result.scopeBefore = scope
        result.seconds = 0.118
        result.error = error
        result.sample = Sample(columns: columns, rows: left == found ? rows : Array(rows.suffix(left ?? 0)))
        result.status =
            switch (found, left) {
            case (nil, _): .error
            case (0, _): .clear
            case (_, 0): .repaired
            default: Status(violated: severity)
            }
        return result
    }

    static func statistic(
        _ id: String,
        _ title: String,
        figures: [Figure],
        status: Status = .clear,
        user: String? = nil,
        error: String? = nil
    ) -> StatisticResult {
        let measure = Statement("SELECT 1 AS one", at: Statement.Place(path: "\(id).md", line: 8, column: 1))
        let check = Check(
            id: id,
            title: title,
            documentation: "The figures of *\(id)*.",
            path: "\(id).md",
            work: .statistic(StatisticWork(measure: measure)),
            user: user
        )
        var result = StatisticResult(check: check, measure: measure)
        result.figures = figures
        result.status = status
        result.seconds = 0.012
        result.error = error
        return result
    }
}
