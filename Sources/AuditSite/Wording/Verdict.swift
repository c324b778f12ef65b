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
        let (statistics, others) = (report.unmeasuredStatistics, report.otherGaps)
        var text = checks(counts, of: run, isWhole: limits == 0 && statistics == 0 && others == 0)
        if let rows = run.totals.repaired, rows > 0 { text += "; " + repaired(rows, mode: run.mode) }
        if let takenBack = run.takenBack { text += "; \(takenBack.of("row")) \(takenBackWords(takenBack, run.mode))" }
        let notRun = count(.notRun)
        if notRun > 0, counts.all > 0 { text += " (\(notRun.of("check was", "checks were")) not run)" }
        guard counts.all > 0 else { return withoutChecks(report, limits: limits, text) }
        if limits > 0 { text += ", and \(limits.of("figure is", "figures are")) past the limit" }
        if statistics > 0 { text += ", and \(statistics.of("statistic")) could not be measured" }
        if others > 0 { text += ", and \(others.grouped) more could not be measured" }
        return text
    }

    /// A run that has statistics only, or nothing that was measured.
    private static func withoutChecks(_ report: Report, limits: Int, _ text: String) -> String {
        let run = report.run
        let measured = run.statistics.count { $0.status != .error && $0.status != .skipped }
        let failed = run.statistics.count { $0.status == .error }
        var parts: [String] = []
        if limits > 0 { parts.append("\(limits.of("figure is", "figures are")) past the limit") }
        if measured > 0, limits == 0 {
            let hasLimits = run.statistics.contains { $0.figures.contains { $0.limit != nil } }
            parts.append(
                "\(measured.of("statistic was", "statistics were")) measured"
                    + (hasLimits ? ", and no figure is past its limit" : "")
            )
        }
        if failed > 0 { parts.append("\(failed.of("statistic")) could not be measured") }
        if !parts.isEmpty, report.otherGaps > 0 {
            parts.append("\(report.otherGaps.grouped) more could not be measured")
        }
        return parts.isEmpty ? text : parts.joined(separator: ", and ")
    }

    private struct Counts {
        var all, failing, warning, info, clear, notMeasured: Int
    }

    private static func checks(_ counts: Counts, of run: Run, isWhole: Bool) -> String {
        guard counts.all > 0 else {
            return run.coverage.notMeasured.isEmpty ? "No check was run" : "Nothing was measured"
        }
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
                    ? ("would still fail", "would still warn", "would still find rows of severity info")
                    : ("would fail", "would warn", "would find rows of severity info")
            case .fix:
                (
                    counts.failing == 1 ? "still fails" : "still fail", counts.warning == 1 ? "warns" : "warn",
                    counts.info == 1 ? "finds rows of severity info" : "find rows of severity info"
                )
            case .audit, .undo:
                (
                    counts.failing == 1 ? "fails" : "fail", counts.warning == 1 ? "warns" : "warn",
                    counts.info == 1 ? "finds rows of severity info" : "find rows of severity info"
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
