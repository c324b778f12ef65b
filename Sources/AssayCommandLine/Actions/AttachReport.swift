import AuditModel
import AuditSite
import LivingDocuments
import Wording

/// What is said of evidence that was attached, line by line.
struct AttachReport {
    let document: String
    let run: Run
    let attached: AttachedEvidence
    let isDryRun: Bool

    private var checks: [String] { attached.checks }

    /// What was done.
    var lines: [String] {
        var lines = ["\(document):\(attached.line): \(attached.bug)", "  " + block]
        switch attached.status {
        case .changed(let changes):
            lines += changes.map {
                "  status \(would("changed", "would change")) from \($0.from) to \($0.to) in line \($0.line)"
            }
        case .alreadyResolved(let status, let line):
            lines.append("  the status says \(status) already, in line \(line)")
        case .kept: lines.append("  the status is kept by assay, since the entry is its own")
        case .stillFailing: lines.append("  the status \(would("was", "would be")) left as it is")
        case .notAsked, .notFound: break
        }
        return lines
    }

    /// What a person should look at.
    var warnings: [String] {
        var warnings: [String] = []
        if case .edited = attached.block {
            warnings.append(
                "the evidence in line \(attached.blockLine) was edited since it was attached, and is left as it is; "
                    + "remove it to attach it anew"
            )
        }
        if !run.selection.isEverything {
            let options = run.selection.options.map(\.visible).joined(separator: ", ")
            warnings.append("run \(run.id) was narrowed to \(options), and proves nothing of the rest")
        }
        guard attached.status != .notAsked else { return warnings }
        if case .notFound(let unclear) = attached.status {
            let what =
                unclear.map { "the status in line \($0) is not one that is clearly open" } ?? "no status was found"
            warnings.append(
                "\(what), so that none was changed; it is a line such as `**Status:** OPEN`, or a heading that ends in "
                    + "`[OPEN]` or `🔴 OPEN`"
            )
        }
        if case .stillFailing(let check, let violations, let others) = attached.status {
            let more = others > 0 ? " and of \(others.of("other check"))" : ""
            let which = checks.isEmpty && run.checks.count > 1 ? "; `--check ID` names the check of this bug" : ""
            warnings.append(
                "the status was left as it is, since run \(run.id) ended with \(violations.of("violation")) of "
                    + "`\(check)`\(more)\(which)"
            )
            return warnings
        }
        return warnings + doubts
    }

    /// Why the run proves no more than it does.
    private var doubts: [String] {
        let own = checks.isEmpty ? run.checks : run.checks.filter { checks.contains($0.id) }
        guard own.contains(where: { ($0.repaired ?? 0) > 0 }) else {
            return [
                "run \(run.id) repaired nothing\(checks.isEmpty ? "" : " of it"), so that its figures prove no repair"
            ]
        }
        let left = own.filter { ($0.repaired ?? 0) > 0 && ($0.after ?? 0) > 0 }
        guard let first = left.first, let after = first.after else { return [] }
        let others = left.count > 1 ? ", and some of \(left.count - 1) more" : ""
        return ["run \(run.id) left \(after) of `\(first.id)`\(others), so that the bug may not be resolved"]
    }

    private var block: String {
        switch attached.block {
        case .added: "evidence of run \(run.id) \(would("added", "would be added")) in line \(attached.blockLine)"
        case .replaced:
            "evidence of run \(run.id) \(would("brought", "would be brought")) up to date in line \(attached.blockLine)"
        case .unchanged: "evidence of run \(run.id) is there already, in line \(attached.blockLine)"
        case .edited: "evidence of run \(run.id) left as it is, in line \(attached.blockLine)"
        }
    }

    private func would(_ done: String, _ planned: String) -> String { isDryRun ? planned : done }
}
