package import AuditModel

/// The one sentence that a reader takes away. It says "clear" of nothing that was not measured.
package enum Verdict {
    /// The verdict on a run, without a full stop.
    package static func of(_ run: Run) -> String {
        of(Report(run))
    }

    static func of(_ report: Report) -> String {
        let run = report.run
        let standings = report.checks.map(\.standing)
        func count(_ standing: Standing) -> Int { standings.count { $0 == standing } }
        let counts = Counts(
            all: standings.count { $0 != .notRun },
            failing: count(.failing),
            warning: count(.warning),
            info: count(.info),
            clear: count(.clear) + count(.repaired),
            notMeasured: count(.notMeasured)
        )
        let figures = report.statistics.flatMap(\.result.figures)
        let limits = figures.count { $0.limit?.broken != nil }
        let statistics = report.otherGaps
        var text = checks(counts, of: run, isWhole: limits == 0 && statistics == 0)
        if let rows = run.totals.repaired, rows > 0 { text += "; " + repaired(rows, mode: run.mode) }
        if let takenBack = run.takenBack { text += "; \(takenBack.of("row")) \(takenBackWords(takenBack, run.mode))" }
        let notRun = count(.notRun)
        if notRun > 0, counts.all > 0 { text += " (\(notRun.of("check was", "checks were")) not run)" }
        if limits > 0 { text += ", and \(limits.of("figure is", "figures are")) past the limit" }
        if statistics > 0 { text += ", and \(statistics.of("statistic")) could not be measured" }
        return text
    }

    private struct Counts {
        var all, failing, warning, info, clear, notMeasured: Int
    }

    private static func checks(_ counts: Counts, of run: Run, isWhole: Bool) -> String {
        guard counts.all > 0 else { return "No check was run" }
        let mode = run.mode
        let ofAll = "of \(counts.all.of("check"))"
        if counts.clear == counts.all {
            let verb = mode == .dryRun ? "would be" : counts.all == 1 ? "is" : "are"
            // "All clear" would be read as the whole story.
            if !isWhole { return "\(counts.all.of("check")) \(verb) clear" }
            return switch counts.all {
            case 1: "The one check \(verb) clear"
            case 2: "Both checks \(verb) clear"
            default: "All \(counts.all.of("check")) \(verb) clear"
            }
        }
        var parts: [String] = []
        func add(_ count: Int, _ words: String) {
            guard count > 0 else { return }
            parts.append(parts.isEmpty ? "\(count.grouped) \(ofAll) \(words)" : "\(count.grouped) \(words)")
        }
        let (fail, warn, have) =
            switch mode {
            case .dryRun:
                run.undoes == nil
                    ? ("would still fail", "would still warn", "would have notes")
                    : ("would fail", "would warn", "would have notes")
            case .fix:
                (
                    counts.failing == 1 ? "still fails" : "still fail", counts.warning == 1 ? "warns" : "warn",
                    counts.info == 1 ? "has notes" : "have notes"
                )
            case .audit, .undo:
                (
                    counts.failing == 1 ? "fails" : "fail", counts.warning == 1 ? "warns" : "warn",
                    counts.info == 1 ? "has notes" : "have notes"
                )
            }
        add(counts.failing, fail)
        add(counts.warning, warn)
        add(counts.info, have)
        if parts.isEmpty, counts.clear > 0 {
            add(counts.clear, mode == .dryRun ? "would be clear" : counts.clear == 1 ? "is clear" : "are clear")
        }
        add(counts.notMeasured, "could not be measured")
        return parts.joined(separator: ", ")
    }

    private static func takenBackWords(_ count: Int, _ mode: Run.Mode) -> String {
        mode == .dryRun ? "would be taken back" : count == 1 ? "was taken back" : "were taken back"
    }

    private static func repaired(_ count: Int, mode: Run.Mode) -> String {
        mode == .dryRun
            ? "\(count.of("row")) would be repaired"
            : "\(count.of("row")) \(count == 1 ? "was" : "were") repaired"
    }
}
