import AuditModel
import AuditSite
import Glibc
import LivingDocuments
internal import Logging
import RunRecords
import SuiteFiles
import Templating

/// Brings the team's documents up to date with a run, all of them together.
struct DocumentsAction: Sendable {
    let settings: DocumentSettings
    /// The path of the output folder.
    let output: String
    /// The run at hand gets pages, for its entries to link to.
    let writesPages: Bool
    let templates: Templates

    var isNeeded: Bool {
        settings.progress != nil || settings.bugs != nil || settings.decisions != nil || !settings.checklists.isEmpty
    }

    /// What was changed, or for a rehearsal, what would be.
    ///
    /// Earlier runs that broke off before their documents were written are made up for.
    func perform(_ run: Run, logger: Logger) throws(DocumentError) -> [DocumentChange] {
        guard isNeeded else { return [] }
        if run.mode == .dryRun { return try DocumentSet(members(run)).changes() }
        let records = RecordedRuns(in: output)
        var runs: [Run] = []
        for id in records.pending where id < run.id {
            do throws(RecordError) {
                runs.append(try records.run(named: id.description))
            } catch {
                logger.warning("no document will tell of the run \(id): \(error)")
                records.settle([id])
            }
        }
        // Other suites and databases may share the output folder, and have documents of their own.
        runs.removeAll { $0.suite.name != run.suite.name || $0.database.name != run.database.name }
        runs.append(run)
        let changes = try DocumentSet(runs.flatMap(members)).write()
        records.settle(runs.map(\.id))
        return changes
    }

    /// The documents that will be there when the run is told, for its page to link to.
    func links(_ run: Run) -> [DocumentLink] {
        let members = members(run)
        let missing = members.filter { $0.mayBeMissing && access($0.path, F_OK) != 0 }
        // What cannot be begun is told of when that is tried.
        let begun = run.mode == .dryRun ? [] : (try? DocumentSet(missing).changes()) ?? []
        var paths: [String] = []
        for path in members.map(\.path) where !paths.contains(path) {
            if access(path, F_OK) == 0 || begun.contains(where: { $0.path == path }) { paths.append(path) }
        }
        return paths.map { DocumentLink(document: $0, output: output) }
    }

    private func members(_ run: Run) -> [DocumentSet.Member] {
        var members: [DocumentSet.Member] = []
        let templates = templates
        if let progress = settings.progress {
            let (links, verdict) = (links(from: progress.path, to: run), Verdict.of(run))
            members.append(
                DocumentSet.Member(path: progress.path, mayBeMissing: true) { document throws(DocumentError) in
                    try ProgressDocument.updating(
                        document,
                        with: run,
                        verdict: verdict,
                        when: progress.moment,
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        if let bugs = settings.bugs {
            let links = links(from: bugs.path, to: run)
            members.append(
                DocumentSet.Member(path: bugs.path, mayBeMissing: true) { document throws(DocumentError) in
                    try BugsDocument.updating(
                        document,
                        with: run,
                        when: bugs.moment,
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        // A decision is written once, so that `always` says no more than `changed`.
        if let decisions = settings.decisions, decisions.moment != .never {
            let links = links(from: decisions.path, to: run)
            members.append(
                DocumentSet.Member(path: decisions.path, mayBeMissing: true) { document throws(DocumentError) in
                    try DecisionsDocument.updating(
                        document,
                        with: run,
                        decisions: Decision.repairs(in: run),
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        for path in settings.checklists {
            members.append(
                DocumentSet.Member(path: path, mayBeMissing: false) { document in
                    ChecklistDocument.updating(document, with: run)
                }
            )
        }
        return members
    }

    /// Nil for a run without pages, be it this one or an earlier one that is told of now.
    private func links(from path: String, to run: Run) -> RunLinks? {
        let isRecorded = access("\(output)/runs/\(run.id)/run.json", F_OK) == 0
        let hasPages = isRecorded ? access("\(output)/runs/\(run.id)/index.html", F_OK) == 0 : writesPages
        return hasPages ? RunLinks(document: path, output: output) : nil
    }
}

extension DocumentSettings.Entries {
    /// The configuration's reader lets no other word through.
    fileprivate var moment: ProgressDocument.When { ProgressDocument.When(rawValue: when) ?? .changed }
}
