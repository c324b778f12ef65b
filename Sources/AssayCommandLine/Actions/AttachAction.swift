import AuditModel
import AuditSite
import FoundationEssentials
import LivingDocuments
import RunRecords
import Synchronization
import Templating

/// Puts the evidence of a recorded run under a bug's entry.
struct AttachAction: Sendable {
    let run: String
    let bug: String
    /// The only checks that the evidence is of; all of the run's when empty.
    let checks: [String]
    let status: AttachedStatus
    let document: String
    let output: String
    /// The folder of templates that replace the shipped ones.
    let templates: String?
    /// The address at which the output folder is published.
    let link: String?
    let isDryRun: Bool

    func perform() throws(Failure) -> ExitStatus {
        let templates = try Failure.translating { () throws(TemplateError) in
            try Templates.all(overrides: self.templates)
        }
        let run = try Failure.translating { () throws(RecordError) in
            try RecordedRuns(in: output).run(named: self.run)
        }
        guard run.mode != .dryRun else {
            throw Failure(.wrongUsage, "run \(run.id) was rolled back, so that it is no evidence; nothing was changed.")
        }
        try refuseUnknownChecks(run)
        let (bug, checks, status, verdict) = (bug, checks.uniqued, status, Verdict.of(run))
        let hasPages = FileManager.default.fileExists(atPath: "\(output)/runs/\(run.id)/index.html")
        let links = hasPages ? link.map(RunLinks.init(site:)) ?? RunLinks(document: document, output: output) : nil
        let attachment = Mutex<EvidenceAttachment?>(nil)
        let set = DocumentSet([
            DocumentSet.Member(path: document, mayBeMissing: false) { document throws(DocumentError) in
                let result = try attachEvidence(
                    of: run,
                    to: document,
                    bug: bug,
                    checks: checks,
                    status: status,
                    verdict: verdict,
                    repaired: Self.repaired(run),
                    templates: templates,
                    links: links
                )
                attachment.withLock { $0 = result }
                if case .attached(let evidence) = result { return evidence.document }
                return document
            }
        ])
        let changes: [DocumentChange]
        do throws(DocumentError) {
            changes = isDryRun ? try set.changes() : try set.write()
        } catch {
            throw Failure(error)
        }
        try tell(attachment.withLock { $0 }, of: run, changes)
        return .success
    }

    /// A check that was not measured gives no evidence.
    private func refuseUnknownChecks(_ run: Run) throws(Failure) {
        for id in checks {
            guard let check = run.checks.first(where: { $0.id == id }) else {
                throw Failure(
                    .wrongUsage,
                    "run \(run.id) has no check '\(id)'; nothing was changed. It has:"
                        + run.checks.map { "\n  \($0.id)" }.joined()
                )
            }
            guard check.before != nil else {
                throw Failure(
                    .wrongUsage,
                    "run \(run.id) did not measure '\(id)', so that it is no evidence of it; nothing was changed."
                )
            }
        }
    }

    private func tell(_ attachment: EvidenceAttachment?, of run: Run, _ changes: [DocumentChange]) throws(Failure) {
        switch attachment {
        case .attached(let attached):
            let report = AttachReport(
                document: document,
                run: run,
                attached: attached,
                isDryRun: isDryRun
            )
            let lines = report.lines.map { $0 + "\n" }.joined()
            // Standard output is the difference alone, which `patch` reads.
            if isDryRun {
                Terminal.error(lines)
                try Terminal.output(changes.map(\.diff).joined())
            } else {
                try Terminal.output(lines)
            }
            for warning in report.warnings.map({ "\(document): \($0)" }) + changes.flatMap(\.notices) {
                Terminal.error("assay: \(warning).\n")
            }
        case .ambiguous(let candidates):
            throw Failure(
                .wrongUsage,
                "several entries of \(document) fit '\(bug)'; nothing was changed. Name one in full, or put a line "
                    + "<!-- assay:bug ID --> above its heading and use --bug ID:\(Self.list(candidates))"
            )
        case .missing(let candidates):
            throw Failure(
                .wrongUsage,
                candidates.shown.isEmpty
                    ? "\(document) has no entry to attach evidence to"
                        + (candidates.hint.map { "; \($0)" } ?? "") + "; nothing was changed. An entry begins with a "
                        + "heading below the document's title, such as `## BUG-12: Crash`."
                    : "no entry of \(document) fits '\(bug)'; nothing was changed"
                        + (candidates.hint.map { "; \($0)" } ?? "")
                        + (candidates.hint?.hasSuffix("?") == true ? " " : ". ")
                        + "There are:\(Self.list(candidates))"
            )
        case nil:
            throw Failure(.internalFault, "\(document) was not looked at.")
        }
    }

    private static func list(_ candidates: BugCandidates) -> String {
        let lines = candidates.shown.map { "\n  \($0.heading) (line \($0.line))" }.joined()
        return candidates.more > 0 ? "\(lines)\n  and \(candidates.more) more" : lines
    }

    /// The keys of the rows that the run's fixes wrote, as far as the record's samples go.
    private static func repaired(_ run: Run) -> [RepairedKeys] {
        run.checks.compactMap { check in
            guard let count = check.repaired, count > 0, let column = check.repairs.columns.firstIndex(of: "key") else {
                return nil
            }
            let keys = check.repairs.rows.compactMap { $0.indices.contains(column) ? $0[column].map(RowKey.text) : nil }
            return RepairedKeys(check: check.id, keys: keys, count: count)
        }
    }
}

extension [String] {
    /// Each once, in their order.
    fileprivate var uniqued: [String] {
        reduce(into: []) { result, one in
            if !result.contains(one) { result.append(one) }
        }
    }
}
