import AuditModel
import Wording

/// How the checks and statistics of a run stand, in words; the second half of a verdict.
struct Findings {
    let report: Report
    /// Checks that were run, measured or not.
    let all: Int
    /// What was to be measured, and could not be.
    let unknown: (checks: Int, statistics: Int)
    let brokenLimits: Int

    init(_ report: Report) {
        self.report = report
        all = report.checks.count { $0.standing != .notRun }
        unknown = report.notMeasured
        brokenLimits = report.statistics.flatMap(\.result.figures).count { $0.limit?.broken != nil }
    }

    var text: String {
        let measured = report.statistics.count { $0.standing.isMeasured }
        if measured == 0 {
            if count(.notMeasured) == all, all + unknown.statistics > 0 { return "nothing could be measured" }
            if all == 0 { return nothing }
        }
        var text = all == 0 ? statistics(measured) : checks
        if report.notRun > 0, !report.isNarrowed {
            text += ", \(report.notRun.grouped) \(report.notRun == 1 ? "was" : "were") not run"
        }
        if brokenLimits > 0 {
            text += ", and \(brokenLimits.of("figure is past its limit", "figures are past their limits"))"
        }
        return text + fixWords
    }

    func count(_ standing: Standing) -> Int {
        report.checks.count { $0.standing == standing }
    }

    private var nothing: String {
        switch report.notRun {
        case 0: report.statistics.isEmpty ? "no check was run" : "there was nothing to measure"
        case 1: "nothing was measured: the one check was not run"
        case let count: "nothing was measured: \(count.grouped) checks were not run"
        }
    }

    private func statistics(_ measured: Int) -> String {
        let asked = measured + unknown.statistics
        let subject =
            asked == 1
            ? "the one statistic"
            : measured == asked
                ? asked.of("statistic") : "\(measured.grouped) of \(asked.of("statistic"))"
        let rest = unknown.statistics == 0 ? "" : ", \(unknown.statistics.grouped) could not be measured"
        return "\(subject) \(measured == 1 ? "was" : "were") measured\(rest)"
    }
}
