import AuditEngine
import AuditModel
import AuditSite
import Glibc
import LivingDocuments
import RunRecords
import Templating
import Wording

/// Audits a database, writes record and pages, and prints the verdict.
struct AuditAction: Sendable {
    let plan: AuditPlan
    let edge: CommandEdge

    func perform() async throws -> ExitStatus {
        let published = try await audit()
        let status = published.obstacle?.status ?? Self.status(of: published, failOn: plan.failOn)
        try conclude(published, status: status)
        if let obstacle = published.obstacle { throw obstacle }
        return status
    }

    /// A run whose record everybody can see.
    struct Published: Sendable {
        let run: Run
        /// The path of the run's folder.
        let folder: String
        let templates: Templates
        /// Probes that were asked for, and that this version cannot run.
        let missedProbes: Int
        /// What kept the run from repairing, told beside its report.
        let obstacle: Failure?
    }

    /// Everything that a person wrote is read and found right before the database is touched.
    func audit() async throws(Failure) -> Published {
        try inspectDocuments()
        let suite = try await plan.suite.load(
            parameters: plan.parameters,
            asking: plan.settings,
            logger: edge.logger
        )
        let templates = try Failure.translating { () throws(TemplateError) in
            try Templates.all(overrides: plan.templates)
        }
        let pages = RunPages(templates: templates)
        let startedAt = CommandEdge.now()
        let id = RunID.next(startedAt: startedAt, after: RecordedRuns(in: plan.output).newestFirst.first)
        let (output, folder) = try Failure.translating { () throws(OutputError) in
            let output = try OutputFolder(plan.output)
            return (output, try output.begin(id))
        }
        let settings = plan.settings.expectingCluster(recordedIn: output)
        let finished = try await measure(suite, settings, id: id, startedAt: startedAt, folder: folder)
        var run = finished.run
        run.commands = plan.commands?.of(run) ?? RunCommands()
        let links = documents(templates).links(run)
        let files = plan.writesPages ? pages.render(run, documents: links, hasReport: output.hasReport) : []
        do throws(OutputError) {
            if documents(templates).isNeeded, run.mode != .dryRun { try folder.markPending() }
            try publish(run, files, in: folder)
        } catch {
            let report =
                access("\(folder.path)/run.json", F_OK) == 0
                ? "The run itself is recorded in \(folder.path); the pages in \(plan.output) are not of it."
                : "No report was written."
            throw Failure(.cannotWrite, error.description).telling(of: run, report)
        }
        let probes = suite.checks.count { $0.kind == .probe && plan.settings.selection.asksFor($0) }
        return Published(
            run: run,
            folder: folder.path,
            templates: templates,
            missedProbes: probes,
            obstacle: finished.obstacle.map { Failure($0, places: plan.settings.places, isReported: true) }
        )
    }

    private func measure(_ suite: Suite, _ settings: AuditSettings, id: RunID, startedAt: Timestamp, folder: RunFolder)
        async throws(Failure)
        -> FinishedRun
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
            let commands = plan.commands?.naming(settings.expectedDatabase)
            let failure = Failure(error, commands: commands, places: settings.places)
            guard failure.status == .cannotWrite else { throw failure }
            throw failure.saying(outcomeWithoutReport(failure))
        }
    }

    /// Refuses documents that the run could not write: found behind a repair, that would be too late.
    private func inspectDocuments() throws(Failure) {
        guard plan.settings.repair?.isDryRun != true, plan.settings.undo?.isDryRun != true else { return }
        do throws(DocumentError) {
            // A demo's documents lie in the output folder, which the run makes.
            let isMade = access(plan.output, F_OK) == 0
            for document in plan.documents.written where isMade || !document.path.hasPrefix("\(plan.output)/") {
                _ = try DocumentInspection.read(document.path, mayBeMissing: document.mayBeMissing)
            }
        } catch {
            throw Failure(error).saying("Nothing was done.")
        }
    }

    /// What a run that could not write its files leaves; the failure tells of what was committed by itself.
    private func outcomeWithoutReport(_ failure: Failure) -> String {
        let nothing =
            failure.tellsChanges
            ? nil
            : plan.settings.undo != nil
                ? "Nothing was taken back." : plan.settings.repair != nil ? "Nothing was repaired." : nil
        return [nothing, "No report was written."].compactMap(\.self).joined(separator: " ")
    }

    private func publish(_ run: Run, _ files: [SiteFile], in folder: RunFolder) throws(OutputError) {
        try folder.write(run)
        let prefix = "runs/\(run.id)/"
        for file in files where file.path.hasPrefix(prefix) {
            try folder.write(file.contents, to: String(file.path.dropFirst(prefix.count)))
        }
        // Of a narrowed run nobody learns how the database is, and after a rehearsal it is not what the run says.
        let isLatest = run.selection.isEverything && run.mode != .dryRun
        let latest = isLatest ? files.filter { !$0.path.hasPrefix(prefix) } : []
        try folder.publish(latest: latest.map { ($0.path, $0.contents) })
    }

    /// Brings the documents up to date and prints the result; documents that fail leave the run as it is.
    func conclude(_ published: Published, status: ExitStatus) throws(Failure) {
        let outcome: DocumentsAction.Outcome
        do throws(DocumentError) {
            outcome = try documents(published.templates).perform(published.run, logger: edge.logger)
        } catch {
            try show(published, changes: [], status: status)
            let message =
                "the run is recorded in \(published.folder), but the documents do not tell of it; the next run will. "
            throw Failure(error, message).telling(of: published.run)
        }
        do throws(Failure) {
            try show(published, changes: outcome.changes, status: status)
            // Also with --quiet: what a document says that is not so is for a person to mend.
            for notice in outcome.notices { Terminal.error("assay: \(notice).\n") }
            if !plan.isQuiet { for remark in outcome.remarks { Terminal.error("assay: \(remark)\n") } }
        } catch {
            throw error.telling(of: published.run, "The report is in \(published.folder).")
        }
    }

    private func documents(_ templates: Templates) -> DocumentsAction {
        DocumentsAction(
            settings: plan.documents,
            output: plan.output,
            writesPages: plan.writesPages,
            templates: templates
        )
    }

    private func show(_ published: Published, changes: [DocumentChange], status: ExitStatus) throws(Failure) {
        if plan.isQuiet && status == .success { return }
        let run = published.run
        switch plan.format {
        case .json:
            try Terminal.output(Failure.translating { () throws(OutputError) in try RunFolder.json(run) })
        case .human:
            var text = RunSummary(run: run, suite: "\(plan.suite)", usesColor: edge.terminal.colorsOutput).text
            text += "\nReport: \(published.folder)/\(plan.writesPages ? "index.html" : "run.json")\n"
            let isRehearsal = run.mode == .dryRun
            if published.missedProbes > 0 {
                text += "Exit code 2: \(published.missedProbes.of("probe was", "probes were")) not run.\n"
            }
            if !changes.isEmpty, !isRehearsal { text += "Wrote:  \(changes.map(\.path).joined(separator: ", "))\n" }
            if !isRehearsal { text += changes.flatMap(\.unticked).map { "Unticked: \($0)\n" }.joined() }
            if let undo = run.commands.undo { text += "Undo:   \(undo)\n" }
            if isRehearsal { text += changes.map { "\n\($0.diff)" }.joined() }
            try Terminal.output(text)
        }
    }

    static func status(of published: Published, failOn: FailOn) -> ExitStatus {
        let run = published.run
        // A fix that was refused or rolled back leaves something undone that was asked for, and so does a probe.
        if run.outcome == .incomplete || run.outcome == .notRepaired || published.missedProbes > 0 {
            return .incomplete
        }
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

extension RunID {
    /// A new id that comes behind the newest recorded one of the same second: documents go by the order of runs.
    fileprivate static func next(startedAt: Timestamp, after newest: RunID?) -> RunID {
        let limit: UInt32 = 0xFF_FFFF
        let last = newest.flatMap { newest in
            newest.description.hasPrefix(startedAt.basic) ? UInt32(newest.description.suffix(6), radix: 16) : nil
        }
        return RunID(startedAt: startedAt, random: .random(in: (last.map { min($0 + 1, limit) } ?? 0)...limit))
    }
}

extension AuditSettings {
    /// A run that writes must meet the database where earlier runs found it, unless a flag names its cluster.
    fileprivate func expectingCluster(recordedIn output: OutputFolder) -> AuditSettings {
        guard let database = expectedDatabase, repair != nil || undo != nil,
            repair?.expectedCluster == nil, undo?.expectedCluster == nil
        else { return self }
        var settings = self
        settings.known = output.known(database)
        return settings
    }
}

extension Failure {
    fileprivate func saying(_ sentence: String) -> Failure {
        Failure(status, "\(message)\(message.hasSuffix(".") ? "" : ".") \(sentence)", tellsChanges: tellsChanges)
    }

    /// What a failure leaves in the database and on the disk must be said, since no summary says it.
    fileprivate func telling(of run: Run, _ report: String? = nil) -> Failure {
        let sentence = "\(message)\(message.hasSuffix(".") ? "" : ".")\(report.map { " \($0)" } ?? "")"
        guard run.mode == .fix || run.mode == .undo, let rows = run.totals.repaired, rows != 0 else {
            return Failure(status, sentence, tellsChanges: true)
        }
        var done = "\(rows.magnitude == 1 ? "One row was" : "\(abs(rows).grouped) rows were") "
        done += run.mode == .undo ? "taken back, and that is committed" : "repaired, and that is committed"
        if let undo = run.commands.undo { done += "; `\(undo)` takes \(rows == 1 ? "it" : "them") back" }
        return Failure(status, "\(sentence) \(done).", tellsChanges: true)
    }
}
