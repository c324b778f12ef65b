import AuditEngine
import AuditModel
import AuditSite
import RunRecords
import Templating

/// Audits a database, writes record and pages, and prints the verdict.
struct AuditAction: Sendable {
    let plan: AuditPlan
    let edge: CommandEdge

    func perform() async throws -> ExitStatus {
        let (run, folder) = try await audit()
        let status = Self.status(of: run, failOn: plan.failOn)
        if !plan.isQuiet || status != .success { try print(run, folder: folder) }
        return status
    }

    /// Everything that a person wrote is read and found right before the database is touched.
    func audit() async throws(Failure) -> (run: Run, folder: String) {
        let suite = try plan.suite.load(parameters: plan.parameters)
        let pages = try RunPages(
            templates: Failure.translating { () throws(TemplateError) in
                try Templates.load(overrides: plan.templates, pages: RunPages.templates)
            }
        )
        let startedAt = CommandEdge.now()
        let id = RunID(startedAt: startedAt, random: .random(in: 0...UInt32.max))
        let folder = try Failure.translating { () throws(OutputError) in
            try OutputFolder(plan.output).begin(id)
        }
        let run = try await measure(suite, id: id, startedAt: startedAt, folder: folder)
        let files = plan.writesPages ? pages.render(run) : []
        try Failure.translating { () throws(OutputError) in
            try publish(run, files, in: folder)
        }
        return (run, folder.path)
    }

    private func measure(_ suite: Suite, id: RunID, startedAt: Timestamp, folder: RunFolder) async throws(Failure)
        -> Run
    {
        let selected = suite.checks.count { plan.settings.selection.reasonToSkip($0) == nil }
        let display =
            edge.terminal.showsProgress && !plan.isQuiet
            ? ProgressDisplay(total: selected, width: edge.terminal.width) : nil
        let drawing = display.map { display in Task { await display.draw() } }
        defer {
            drawing?.cancel()
            display?.end()
        }
        let audit = Audit(
            suite: suite,
            settings: plan.settings,
            logger: edge.logger,
            now: CommandEdge.now,
            progress: { display?.show($0) }
        )
        do {
            return try await audit.run(id, startedAt: startedAt, into: folder)
        } catch {
            throw Failure(error)
        }
    }

    private func publish(_ run: Run, _ files: [SiteFile], in folder: RunFolder) throws(OutputError) {
        try folder.write(run)
        let prefix = "runs/\(run.id)/"
        for file in files where file.path.hasPrefix(prefix) {
            try folder.write(file.contents, to: String(file.path.dropFirst(prefix.count)))
        }
        let latest = files.filter { !$0.path.hasPrefix(prefix) }
        try folder.publish(latest: latest.map { ($0.path, $0.contents) })
    }

    private func print(_ run: Run, folder: String) throws(Failure) {
        switch plan.format {
        case .json:
            try Terminal.output(RunFolder.json(run))
        case .human:
            let summary = RunSummary(run: run, usesColor: edge.terminal.colorsOutput)
            try Terminal.output(summary.text + "\nReport: \(folder)/\(plan.writesPages ? "index.html" : "run.json")\n")
        }
    }

    static func status(of run: Run, failOn: FailOn) -> ExitStatus {
        if run.outcome == .incomplete { return .incomplete }
        let left = (run.checks.map(\.status) + run.statistics.map(\.status)).compactMap(\.severity).max()
        let threshold: Severity? =
            switch failOn {
            case .error: .error
            case .warning: .warning
            case .info: .info
            case .never: nil
            }
        guard let left, let threshold, left >= threshold else { return .success }
        return .violations
    }
}
