import AuditModel
import Wording

/// The rows of a check that a page shows.
extension CheckView {
    /// The most rows of a table.
    private static let limit = 50

    /// Violations that are left; where that is not known, those that were found.
    var left: RowsView? {
        let shown = min(result.sample.rows.count, Self.limit)
        // A rehearsal leaves the rows as they were found.
        let isFound = result.after == nil || report.isRehearsal && !report.isUndo
        let all = (isFound ? result.before : result.after) ?? 0
        guard all > 0 else { return nil }
        let what =
            switch (report.repairs, isFound) {
            case (false, _): "Found"
            case (true, true): "Found when the run began"
            case (true, false): report.isRehearsal ? "Would be there" : report.isUndo ? "There now" : "Left now"
            }
        return RowsView(
            caption: "\(what): \(all.grouped)" + Self.extent(shown, of: all),
            file: "findings/\(result.id).csv",
            base: base,
            sample: result.sample,
            limit: Self.limit,
            note: all.of("row")
        )
    }

    /// Violations that were there and are not left.
    var ended: RowsView? {
        // A rehearsal of repairs ends nothing; and what came up and was repaired meanwhile is no violation of before.
        guard let gone = result.gone, gone > 0 || !result.ended.rows.isEmpty, !report.isRehearsal || report.isUndo
        else { return nil }
        let repaired = max(0, result.repaired ?? 0)
        let all = repaired + gone
        guard all > 0 else { return nil }
        let parts = [
            repaired == 0 ? nil : "\(repaired.grouped) \(run.repairedWords)",
            gone == 0 ? nil : "\(gone.grouped) \(goneWords)",
        ].compactMap { $0 }
        let shown = min(result.ended.rows.count, Self.limit)
        return RowsView(
            caption: "\(report.isRehearsal ? "Would end" : "Ended"): \(all.grouped) (\(parts.joined(separator: ", ")))"
                + Self.extent(shown, of: all),
            file: "ended/\(result.id).csv",
            base: base,
            sample: result.ended,
            limit: Self.limit,
            note: "\(all.of("row")) that \(all == 1 ? "was" : "were") there and \(all == 1 ? "is" : "are") not left"
        )
    }

    /// Rows that the fix changed, or that were taken back.
    var repairs: RowsView? {
        let all = abs(result.repaired ?? 0)
        // A rehearsal leaves no file of them.
        guard all > 0, !report.isRehearsal || !result.repairs.rows.isEmpty else { return nil }
        let shown = min(result.repairs.rows.count, Self.limit)
        let what =
            switch (report.isUndo, report.isRehearsal) {
            case (false, false): "Rows that were changed"
            case (false, true): "Rows that would be changed"
            case (true, false): "Rows that were taken back"
            case (true, true): "Rows that would be taken back"
            }
        return RowsView(
            caption: "\(what): \(all.grouped)" + Self.extent(shown, of: all),
            file: report.isRehearsal ? nil : "repairs/\(result.id).csv",
            base: base,
            sample: result.repairs,
            limit: Self.limit,
            note: "\(all.of("row")) \(run.repairedWords)"
        )
    }

    private static func extent(_ shown: Int, of all: Int) -> String {
        shown >= all ? "" : shown == 0 ? "" : ", the first \(shown.grouped) shown"
    }
}
