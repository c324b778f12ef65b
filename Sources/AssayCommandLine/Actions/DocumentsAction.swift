import AuditModel
import AuditSite
import Glibc
import LivingDocuments
internal import Logging
import RunRecords
import SuiteFiles
import Synchronization
import Templating
import Wording

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

    /// What became of the documents.
    struct Outcome: Sendable {
        /// What was changed, or for a rehearsal, what would be.
        var changes: [DocumentChange] = []
        /// What a person should look at, each with the document's path and without a full stop.
        var notices: [String] = []
        /// What is bound in checklists and left as it is, in every run.
        var remarks: [String] = []
    }

    /// Brings the documents up to date, or for a rehearsal, computes what would change.
    ///
    /// Earlier runs that broke off before their documents were written are made up for.
    func perform(_ run: Run, logger: Logger) throws(DocumentError) -> Outcome {
        guard isNeeded else { return Outcome() }
        let records = RecordedRuns(in: output)
        let memory = DocumentMemory(records.memories)
        let removals = Removals()
        if run.mode == .dryRun {
            return Outcome(changes: try DocumentSet(members(run, memory, removals)).changes())
        }
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
        let changes = try DocumentSet(runs.flatMap { members($0, memory, removals) }).write()
        var outcome = Outcome(changes: changes)
        var own = DocumentMemory()
        for change in changes {
            own.add(change, of: key(change.path))
            outcome.notices += change.notices
        }
        outcome.remarks = remarks(run)
        for (path, removed) in removals.all {
            own.add(removed, of: key(path))
            outcome.notices.append("\(path): \(removed.notice)")
        }
        for (path, ended) in removals.ended { own.end(ended, of: key(path)) }
        if !own.isEmpty { records.remember(own.text, by: run.id) }
        records.settle(runs.map(\.id))
        return outcome
    }

    /// The documents that will be there when the run is told, for its page to link to.
    func links(_ run: Run) -> [DocumentLink] {
        let members = members(run, DocumentMemory(), Removals())
        let missing = members.filter { $0.mayBeMissing && access($0.path, F_OK) != 0 }
        // What cannot be begun is told of when that is tried.
        let begun = run.mode == .dryRun ? [] : (try? DocumentSet(missing).changes()) ?? []
        var paths: [String] = []
        for path in settings.paths where !paths.contains(path) {
            if access(path, F_OK) == 0 || begun.contains(where: { $0.path == path }) { paths.append(path) }
        }
        return paths.map { DocumentLink(document: $0, output: output) }
    }

    /// A document's name in what is remembered.
    private func key(_ path: String) -> String {
        RelativePath.way(from: DocumentPath.resolved(output) + "/memory", to: DocumentPath.resolved(path))
    }

    private func members(_ run: Run, _ memory: DocumentMemory, _ removals: Removals) -> [DocumentSet.Member] {
        var members: [DocumentSet.Member] = []
        let templates = templates
        if let progress = settings.progress, progress.moment != .never {
            let (links, verdict) = (links(from: progress.path, to: run), Verdict.of(run))
            let known = memory.entries(of: key(progress.path))
            members.append(
                DocumentSet.Member(path: progress.path, mayBeMissing: true) { document throws(DocumentError) in
                    removals.note(known, in: document, progress.path, run, [])
                    return try ProgressDocument.updating(
                        document,
                        with: run,
                        verdict: verdict,
                        when: progress.moment,
                        known: known,
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        if let bugs = settings.bugs, bugs.moment != .never {
            let links = links(from: bugs.path, to: run)
            let known = memory.entries(of: key(bugs.path))
            members.append(
                DocumentSet.Member(path: bugs.path, mayBeMissing: true) { document throws(DocumentError) in
                    removals.noteBugs(known, in: document, bugs.path, run)
                    return try BugsDocument.updating(
                        document,
                        with: run,
                        when: bugs.moment,
                        known: known,
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        // A decision is written once, so that `always` says no more than `changed`.
        if let decisions = settings.decisions, decisions.moment != .never {
            let links = links(from: decisions.path, to: run)
            let known = memory.entries(of: key(decisions.path))
            let repairs = Decision.repairs(in: run)
            members.append(
                DocumentSet.Member(path: decisions.path, mayBeMissing: true) { document throws(DocumentError) in
                    removals.note(known, in: document, decisions.path, run, repairs)
                    return try DecisionsDocument.updating(
                        document,
                        with: run,
                        decisions: repairs,
                        known: known,
                        templates: templates,
                        links: links
                    )
                }
            )
        }
        for path in settings.checklists {
            let known = memory.entries(of: key(path))
            members.append(
                DocumentSet.Member(path: path, mayBeMissing: false) { document in
                    ChecklistDocument.updating(document, with: run, known: known)
                }
            )
        }
        return members
    }

    private func remarks(_ run: Run) -> [String] {
        let known = run.checks.map(\.id) + run.statistics.map(\.id)
        return settings.checklists.flatMap { path -> [String] in
            guard let document = try? DocumentInspection.read(path, mayBeMissing: false) else { return [] }
            let misspelt = ChecklistDocument.boxes(in: document, run: nil).flatMap { box in
                box.checks.filter { !known.contains($0) }.compactMap { id in
                    NearestName.of(id, among: known).map {
                        "\(path): line \(box.line) names the check '\(id)', which is not there; did you mean '\($0)'?"
                    }
                }
            }
            return misspelt + ChecklistDocument.remarks(on: document).map { "\(path): line \($0.line) \($0.text)." }
        }
    }

    /// Nil for a run without pages, be it this one or an earlier one that is told of now.
    private func links(from path: String, to run: Run) -> RunLinks? {
        let isRecorded = access("\(output)/runs/\(run.id)/run.json", F_OK) == 0
        let hasPages = isRecorded ? access("\(output)/runs/\(run.id)/index.html", F_OK) == 0 : writesPages
        guard hasPages else { return nil }
        return settings.link.map(RunLinks.init(site:)) ?? RunLinks(document: path, output: output)
    }
}

/// The entries that people removed, found while documents are brought up to date.
private final class Removals: Sendable {
    private let found = Mutex<[String: (path: String, removed: RemovedEntry)]>([:])
    private let over = Mutex<[String: (path: String, removed: RemovedEntry)]>([:])

    var all: [(String, RemovedEntry)] {
        found.withLock { $0.sorted { $0.key < $1.key }.map { ($0.value.path, $0.value.removed) } }
    }

    /// Those of bugs that are resolved now.
    var ended: [(String, RemovedEntry)] {
        over.withLock { $0.sorted { $0.key < $1.key }.map { ($0.value.path, $0.value.removed) } }
    }

    func noteBugs(_ known: KnownEntries, in document: Document, _ path: String, _ run: Run) {
        let bugs = known.removedBugs(from: document, for: run)
        for removed in bugs.told { found.withLock { $0["\(path) \(removed.notice)"] = (path, removed) } }
        for removed in bugs.ended { over.withLock { $0["\(path) \(removed.notice)"] = (path, removed) } }
    }

    /// Documents may be looked at several times.
    func note(_ known: KnownEntries, in document: Document, _ path: String, _ run: Run, _ decisions: [Decision]) {
        for removed in known.removals(from: document, for: run, decisions) {
            found.withLock { $0["\(path) \(removed.notice)"] = (path, removed) }
        }
    }
}

extension DocumentSettings.Entries {
    /// The configuration's reader lets no other word through.
    fileprivate var moment: ProgressDocument.When { ProgressDocument.When(rawValue: when) ?? .changed }
}
