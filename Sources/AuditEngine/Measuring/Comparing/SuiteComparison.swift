import AuditModel
import RunRecords

/// Tells, when a run that writes is at its end, what became of the violations of its beginning.
struct SuiteComparison {
    let suite: Suite
    let context: MeasuringContext
    let ledger: RunLedger
    /// False in a rehearsal of repairs, after which all is as it was.
    let isMeasuredAgain: Bool

    /// Settles every check's counts and files.
    func settle() throws {
        for check in suite.checks {
            guard case .violations(let work) = check.work, let known = ledger.check(check.id),
                let first = known.first.measurement
            else { continue }
            let index = context.tallies.index(of: check.id)
            let before = ViolationFiles(check: check.id, phase: .before, context: context)
            guard let last = known.last.measurement else {
                // What was found stands for what is left, which nobody knows or, in a dry run, nobody changed.
                try context.folder.keepFindings(of: check.id, from: before.earlierFindings)
                context.tallies.with { tallies in
                    if known.predicted != nil {
                        tallies.settle(check: index, kept: nil)
                    } else if !isMeasuredAgain {
                        tallies.copyBeforeToAfter(check: index)
                    }
                }
                continue
            }
            let after = ViolationFiles(check: check.id, phase: .after, context: context)
            let comparison = try ViolationComparison(
                before: before.identities,
                after: after.identities,
                counts: (first.count, last.count)
            )
            let kept = comparison.kept
            // Without a key a row with another value is another row, though to a reader it is the same violation.
            if work.key.isEmpty {
                context.tallies.with { $0.settle(check: index, kept: nil) }
            } else {
                context.tallies.with { $0.settle(check: index) { kept[$0] ?? 0 } }
            }
            let tallies = context.tallies
            let ended = try EndedViolations(
                check: check.id,
                findings: before.earlierFindings,
                identities: before.identities,
                folder: context.folder,
                sampleRows: context.settings.sampleRows
            ).write(comparison) { user in tallies.with { $0.tally(check: index, user: user) } }
            ledger.change(check.id) { $0.ended = ended }
        }
    }
}
