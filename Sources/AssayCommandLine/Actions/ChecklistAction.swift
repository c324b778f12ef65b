import AuditModel
import LivingDocuments
import RunRecords
import Synchronization
import Wording

/// Lists the boxes of a checklist that are bound to checks, and what the latest run would change; writes nothing.
struct ChecklistAction: Sendable {
    let document: String
    let output: String
    /// The id of the suite whose runs count; nil when none is named.
    let suite: String?

    func perform() throws(Failure) -> ExitStatus {
        let records = RecordedRuns(in: output)
        if suite == nil, case let suites = records.suites, suites.count > 1 {
            throw Failure(
                .wrongUsage,
                "the runs in \(output) are of several suites (\(suites.joined(separator: ", "))); name the checklist's "
                    + "with --suite FOLDER, or with `suite:` in assay.yml"
            )
        }
        let run = try Failure.translating { () throws(RecordError) in try records.latest(of: suite) }
        let found = Mutex<[BoundBox]>([])
        let remarks = Mutex<[ChecklistRemark]>([])
        let set = DocumentSet([
            DocumentSet.Member(path: document, mayBeMissing: false) { document in
                found.withLock { $0 = ChecklistDocument.boxes(in: document, run: run) }
                remarks.withLock { $0 = ChecklistDocument.remarks(on: document) }
                return run.map { ChecklistDocument.updating(document, with: $0) } ?? document
            }
        ])
        let diff: String
        do throws(DocumentError) {
            diff = try set.changes().map(\.diff).joined()
        } catch {
            throw Failure(error)
        }
        let boxes = found.withLock { $0 }
        var text = boxes.map { "\(document):\($0.line): \(line($0))\n" }.joined()
        text += summary(boxes, run) + "\n"
        if !diff.isEmpty { text += "\n\(diff)" }
        try Terminal.output(text)
        for remark in remarks.withLock({ $0 }) {
            Terminal.error("assay: \(document): line \(remark.line) \(remark.text).\n")
        }
        return .success
    }

    private func line(_ box: BoundBox) -> String {
        let now = "[\(box.isTicked ? "x" : " ")]"
        let next =
            switch box.shouldBeTicked {
            case nil where !box.unknown.isEmpty: ", \(unknown(box.unknown))"
            case nil: ", not measured"
            case box.isTicked: ""
            case true: ", would be ticked"
            case false, .some: ", would be unticked"
            }
        return "\(now) \(box.text.visible) (\(box.checks.joined(separator: ", ").visible)\(next))"
    }

    private func unknown(_ ids: [String]) -> String {
        ids.count == 1
            ? "no check has the id '\(ids[0].visible)'"
            : "no checks have the ids \(ids.joined(separator: ", ").visible)"
    }

    private func summary(_ boxes: [BoundBox], _ run: Run?) -> String {
        if boxes.isEmpty { return "No box is bound; end a task with <!-- assay:check ID --> to bind it." }
        let bound = boxes.count.of("box is bound", "boxes are bound")
        guard let run else {
            return "\(bound); no run\(suite.map { " of the suite '\($0)'" } ?? "") is recorded in \(output)."
        }
        return
            "\(bound); \(boxes.count(where: \.wouldChange)) would change by run \(run.id) of the suite \(run.suite.name)."
    }
}
