import AuditModel
import LivingDocuments
import Templating

/// Runs made by hand.
enum SampleRuns {
    /// One check of a run: what was found, what was repaired, and whose it was.
    struct Sample {
        var id: String
        var before: Int?
        var repaired: Int?
        var severity = Severity.error
        var title: String?
        var documentation =
            "The owner reads **Not Configured** where `Resend` should be.\n\n"
            + "**Why it happens.** Registering a channel\nwrote one table only.\n\n**Expected.** One entry each."
        var users: [String] = []
        var isSkipped = false
    }

    static let templates: Templates = {
        do { return try Templates.load(overrides: nil, pages: DocumentTemplates.all) } catch { fatalError("\(error)") }
    }()

    static let verdict = "The one check is clear"

    static let links = RunLinks(from: "/project/docs/PROGRESS.md", to: "/project/output")

    /// - Parameter night: runs of later nights have greater ids.
    static func run(
        _ night: Int,
        _ samples: [Sample],
        mode: Run.Mode = .audit,
        suite: String = "broadcast",
        title: String = "Broadcast manager",
        gaps: [Coverage.Gap] = []
    ) -> Run {
        let start = Timestamp(milliseconds: 1_795_403_700_000 + night * 86_400_000)
        var users = UserTallies(checks: samples.map(\.id))
        var checks: [CheckResult] = []
        for (index, sample) in samples.enumerated() {
            let find = Statement("SELECT 1", at: Statement.Place(path: "\(sample.id).md", line: 1, column: 1))
            let check = Check(
                id: sample.id,
                title: sample.title ?? "Trouble with \(sample.id)",
                severity: sample.severity,
                documentation: sample.documentation,
                path: "\(sample.id).md",
                work: .violations(ViolationWork(find: find)),
                user: sample.users.isEmpty ? nil : "client_id"
            )
            var result = CheckResult(check: check, work: ViolationWork(find: find))
            if sample.repaired != nil { result.fix = FixSummary(statement: "UPDATE t SET x = 1", table: "t") }
            let left = sample.before.map { $0 - (sample.repaired ?? 0) }
            result.before = sample.before
            result.repaired = mode == .audit ? nil : sample.repaired
            result.after = left
            result.status =
                switch (sample.before, left) {
                case _ where sample.isSkipped: .skipped
                case (nil, _): .error
                case (0, _): .clear
                case (_, 0): .repaired
                default: Status(violated: sample.severity)
                }
            if result.status == .error { result.error = "canceling statement due to statement timeout" }
            if !sample.users.isEmpty, let before = sample.before {
                for violation in 0..<before {
                    let user = sample.users[violation % sample.users.count]
                    users.add(user, check: index, phase: .before)
                    users.add(user, check: index, phase: violation < sample.repaired ?? 0 ? .repaired : .after)
                }
                result.usersBefore = users.users(check: index, phase: .before)
                result.usersAfter = users.users(check: index, phase: .after)
            }
            checks.append(result)
        }
        let id = RunID(startedAt: start, random: UInt32(night))
        return Run(
            id: id,
            mode: mode,
            suite: SuiteSummary(name: suite, title: title, digest: "sha256:00"),
            database: DatabaseIdentity(
                name: "telepaypsql",
                host: nil,
                port: nil,
                user: "auditor",
                serverVersion: "15.18",
                systemIdentifier: nil
            ),
            snapshots: Snapshots(before: SnapshotIdentity(takenAt: start, lsn: nil)),
            startedAt: start,
            finishedAt: Timestamp(milliseconds: start.milliseconds + 4200),
            checks: checks,
            statistics: [],
            coverage: Coverage(measured: checks.count, notMeasured: gaps),
            users: users,
            commands: RunCommands(undo: mode == .fix ? "assay undo \(id)" : nil)
        )
    }
}

extension Document {
    init(_ text: String) throws {
        try self.init(bytes: Array(text.utf8))
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func progress(_ run: Run, when: ProgressDocument.When = .changed) throws -> Document {
        try ProgressDocument.updating(
            self,
            with: run,
            verdict: SampleRuns.verdict,
            when: when,
            templates: SampleRuns.templates,
            links: SampleRuns.links
        )
    }

    func bugs(_ run: Run, when: ProgressDocument.When = .changed) throws -> Document {
        try BugsDocument.updating(self, with: run, when: when, templates: SampleRuns.templates, links: SampleRuns.links)
    }

    func decisions(_ run: Run) throws -> Document {
        try DecisionsDocument.updating(
            self,
            with: run,
            decisions: Decision.repairs(in: run),
            templates: SampleRuns.templates,
            links: SampleRuns.links
        )
    }
}
