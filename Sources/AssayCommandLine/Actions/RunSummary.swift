import AuditModel
import AuditSite
import Wording

/// A run in a few lines for the terminal: the verdict, then the checks, the broken ones first.
struct RunSummary {
    let run: Run
    /// The suite as it was named.
    let suite: String
    let usesColor: Bool

    var text: String {
        var lines = [
            Tint.bold.paint("\(run.suite.title): \(Verdict.of(run))".visible, if: usesColor),
            Tint.faint.paint(
                "\(run.database.name) at \(run.snapshots.before.takenAt.rfc3339), suite \(suite), run \(run.id)"
                    .visible,
                if: usesColor
            ),
            "",
        ]
        if let undone = run.undoes {
            lines.insert(Tint.faint.paint("takes back the repairs of \(undone)", if: usesColor), at: lines.count - 1)
        }
        let checks = run.checks.filter { $0.status != .skipped }.sorted { rank($0.status) < rank($1.status) }.map(line)
        if !checks.isEmpty {
            // What the numbers of the lines count.
            let heading = run.afterHeading.lowercased().leftPadded(13 + width)
            lines.append(Tint.faint.paint(heading, if: usesColor))
        }
        lines += checks
        lines += run.statistics.filter { $0.status != .clear && $0.status != .skipped }.map(line)
        lines += skipped
        if let caveat = Verdict.caveat(of: run) { lines += ["", caveat] }
        lines.append("")
        return lines.joined(separator: "\n")
    }

    /// What was left out, with a count for each reason.
    private var skipped: [String] {
        // A probe has none.
        let withResult = Set(run.checks.map(\.id) + run.statistics.map(\.id))
        let reasons =
            run.checks.filter { $0.status == .skipped }.map(\.error)
            + run.statistics.filter { $0.status == .skipped }.map(\.error)
            + run.coverage.notMeasured.filter { !withResult.contains($0.id) }.map(\.reason)
        return Dictionary(grouping: reasons) { $0 ?? "" }.sorted { $0.key < $1.key }.map { reason, all in
            "  \(word(.skipped)) \(all.count.grouped.leftPadded(8))  \(reason.visible)"
        }
    }

    private func line(_ check: CheckResult) -> String {
        let count = check.after.map(\.grouped) ?? "–"
        let users = check.usersAfter.flatMap { $0 > 0 ? " · \($0.of("user"))" : nil } ?? ""
        let rows = check.repaired.flatMap { $0 == 0 ? nil : " · \(abs($0).grouped) \(run.repairedWords)" } ?? ""
        let gone = check.gone.flatMap { $0 > 0 ? " · \($0.grouped) \(run.goneWords(of: check))" : nil } ?? ""
        let new = check.new.flatMap { $0 > 0 ? " · \($0.grouped) \(run.newWords)" : nil } ?? ""
        let remarks = [check.error].compactMap { $0 } + check.notes
        let reason = remarks.map { "\n\(String(repeating: " ", count: 15 + width))\($0.visible)" }.joined()
        return
            "  \(word(check.status)) \(count.leftPadded(8))  \(check.title.visible)\(rows)\(gone)\(new)\(users)\(reason)"
    }

    private func line(_ statistic: StatisticResult) -> String {
        let broken = statistic.figures.filter { $0.limit?.broken != nil }.map(name).joined(separator: ", ")
        let reason = statistic.error ?? "past its limit: \(broken)"
        return "  \(word(statistic.status)) \("–".leftPadded(8))  \(statistic.title.visible) · \(reason.visible)"
    }

    /// A figure's name, and for how many users it is past its limit.
    private func name(_ figure: Figure) -> String {
        guard let users = figure.limit?.users else { return figure.name }
        return
            "\(figure.name) of \(users.past.grouped) of \(users.measured.grouped) \(users.measured == 1 ? "user" : "users")"
    }

    private func word(_ status: Status) -> String {
        let (sign, word, tint): (String, String, Tint) =
            switch status {
            case .failing: ("✕", "failing", .red)
            case .refused: ("✕", "refused", .red)
            case .rolledBack: ("✕", Self.rolledBack, .red)
            case .error: ("?", "error", .red)
            case .warning: ("!", "warning", .yellow)
            case .info: ("i", "info", .yellow)
            case .repaired: ("✓", run.mode == .dryRun ? Self.wouldBe : "repaired", .green)
            case .clear: ("✓", "clear", .green)
            case .skipped: ("·", "skipped", .faint)
            }
        return tint.paint("\(sign) \(word)\(String(repeating: " ", count: width - word.count))", if: usesColor)
    }

    /// Of a check that a dry run repaired, and rolled back.
    private static let wouldBe = "would be clear"

    private static let rolledBack = "rolled back"

    /// Columns of the longest word.
    private var width: Int {
        if run.mode == .dryRun, run.checks.contains(where: { $0.status == .repaired }) { return Self.wouldBe.count }
        return run.checks.contains { $0.status == .rolledBack } ? Self.rolledBack.count : 8
    }

    private func rank(_ status: Status) -> Int {
        [.failing, .refused, .rolledBack, .error, .warning, .info, .repaired, .clear, .skipped].firstIndex(of: status)
            ?? 0
    }
}

extension String {
    fileprivate func leftPadded(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
