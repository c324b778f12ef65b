import AuditModel
import Templating
import Wording

/// What the figures of a page do not say, in a sentence.
struct CaveatView: View {
    let text: String
    /// The page tells more of it where it tells how it was measured.
    var isExplained = false

    static let fields = Fields<CaveatView>([
        "text": .text { $0.text },
        "is_explained": .flag { $0.isExplained },
    ])

    static func all(_ report: Report) -> [CaveatView] {
        [notMeasured(report), notRun(report), empty(report), rehearsal(report)].compactMap { $0 }
    }

    private static func notMeasured(_ report: Report) -> CaveatView? {
        let parts = [
            report.notMeasured.checks == 0 ? nil : report.notMeasured.checks.of("check"),
            report.notMeasured.statistics == 0 ? nil : report.notMeasured.statistics.of("statistic"),
        ].compactMap { $0 }
        guard !parts.isEmpty else { return nil }
        let isOne = report.notMeasured.checks + report.notMeasured.statistics == 1
        return CaveatView(
            text:
                "\(parts.joined(separator: " and ")) \(isOne ? "is" : "are") not, or not wholly, in the figures, because "
                + "\(isOne ? "it" : "they") could not be measured.",
            isExplained: true
        )
    }

    /// What a narrowed run leaves out was asked for, and stands in the page's first line.
    private static func notRun(_ report: Report) -> CaveatView? {
        guard report.notRun > 0, !report.isNarrowed else { return nil }
        let were = report.notRun == 1 ? "check was" : "checks were"
        return CaveatView(text: "\(report.notRun.of(were, were)) not run.", isExplained: true)
    }

    private static func empty(_ report: Report) -> CaveatView? {
        let count = report.checks.count { $0.standing == .empty }
        guard count > 0 else { return nil }
        return CaveatView(
            text:
                "\(count.of("check")) had no rows to look at: that \(count == 1 ? "it is" : "they are") clear says nothing."
        )
    }

    private static func rehearsal(_ report: Report) -> CaveatView? {
        report.rehearsalCaveat.map { CaveatView(text: $0) }
    }
}
