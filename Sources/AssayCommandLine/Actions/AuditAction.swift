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
        try print(run, folder: folder, status: status)
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
        let (output, folder) = try Failure.translating { () throws(OutputError) in
            let output = try OutputFolder(plan.output)
            return (output, try output.begin(id))
        }
        let settings = plan.settings.expectingCluster(recordedIn: output)
        let run = try await measure(suite, settings, id: id, startedAt: startedAt, folder: folder)
        let files = plan.writesPages ? pages.render(run) : []
        try Failure.translating { () throws(OutputError) in
            try publish(run, files, in: folder)
        }
        return (run, folder.path)
    }

    private func measure(_ suite: Suite, _ settings: AuditSettings, id: RunID, startedAt: Timestamp, folder: RunFolder)
        async throws(Failure)
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
            settings: settings,
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

    func print(_ run: Run, folder: String, status: ExitStatus) throws(Failure) {
        if plan.isQuiet && status == .success { return }
        switch plan.format {
        case .json:
            try Terminal.output(RunFolder.json(run))
        case .human:
            let summary = RunSummary(run: run, usesColor: edge.terminal.colorsOutput)
            let isUndoable = run.mode == .fix && (run.totals.repaired ?? 0) > 0
            try Terminal.output(
                summary.text + "\nReport: \(folder)/\(plan.writesPages ? "index.html" : "run.json")\n"
                    + (isUndoable ? "Undo:   assay undo \(run.id)\n" : "")
            )
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

extension AuditSettings {
    /// A run that writes must meet the cluster of the last run under the database's name, unless a flag names another.
    fileprivate func expectingCluster(recordedIn output: OutputFolder) -> AuditSettings {
        guard let database = expectedDatabase else { return self }
        var settings = self
        if settings.repair != nil, settings.repair?.expectedCluster == nil {
            settings.repair?.expectedCluster = output.lastCluster(of: database)
        }
        if settings.undo != nil, settings.undo?.expectedCluster == nil {
            settings.undo?.expectedCluster = output.lastCluster(of: database)
        }
        return settings
    }
}
