import AuditModel
import CommonMark
import Templating
import Wording

extension PageView {
    /// When, where and how it was measured.
    static let provenance: KeyValuePairs<String, Field<PageView>> = [
        "run_id": .text { $0.run.id.description },
        "is_latest": .flag { !$0.base.isEmpty },
        "base": .text { $0.base },
        "date": .text { $0.run.startedAt.text },
        "started": .text { $0.run.startedAt.exactText },
        "started_iso": .text { $0.run.startedAt.rfc3339 },
        "finished": .text { $0.run.finishedAt.exactText },
        "duration": .text {
            DurationText.of(milliseconds: $0.run.finishedAt.milliseconds - $0.run.startedAt.milliseconds)
        },
        "measured": .text { $0.report.measuredWords },
        "taken_at": .text { $0.run.snapshots.before.takenAt.exactText },
        "wal_position": .text { $0.run.snapshots.before.lsn },
        "has_second_state": .flag { $0.run.snapshots.after != nil },
        "taken_at_after": .text { $0.run.snapshots.after?.takenAt.exactText },
        "wal_position_after": .text { $0.run.snapshots.after?.lsn },
        "database": .text { MarkdownEscaping.visible($0.run.database.name) },
        "database_user": .text { MarkdownEscaping.visible($0.run.database.user) },
        "server": .text { $0.server },
        "server_version": .text { $0.run.database.serverVersion },
        "system_identifier": .text { $0.run.database.systemIdentifier },
        "time_zone": .text { $0.run.database.timeZone.map(MarkdownEscaping.visible) },
        "suite_name": .text { $0.run.suite.name },
        "suite_path": .text { $0.run.suite.path.map(MarkdownEscaping.visible) },
        "suite_path_markdown": .markup { $0.run.suite.path.map(MarkdownEscaping.code) },
        "suite_digest": .text { $0.run.suite.digest },
        "assay_version": .text { _ in assayVersion },
        "gaps": .list { GapView.notMeasured($0.report) },
        "not_run": .list { GapView.notRun($0.report) },
        "documents": .list { $0.documents },
        "files": .list { FileView.all($0.report, base: $0.base) },
    ]

    /// `host:port`, or the socket's folder.
    private var server: String {
        guard let host = run.database.host else { return "" }
        let place = host.hasPrefix("/") ? "socket \(host)" : host
        return MarkdownEscaping.visible(place) + (run.database.port.map { ", port \($0)" } ?? "")
    }
}

extension Report {
    /// Such as `13 checks and 3 statistics`, or `12 of 13 checks and 3 statistics`.
    var measuredWords: String {
        func words(_ measured: Int, of asked: Int, _ noun: String) -> String? {
            if asked == 0 { return nil }
            if measured == asked { return asked.of(noun) }
            return measured == 0 ? "no \(noun)" : "\(measured.grouped) of \(asked.of(noun))"
        }
        let asked = checks.filter { $0.standing != .notRun }
        let parts = [
            words(asked.count { $0.result.before != nil }, of: asked.count, "check"),
            words(
                statistics.count { $0.standing.isMeasured },
                of: statistics.count { $0.standing != .notRun },
                "statistic"
            ),
        ].compactMap { $0 }
        return parts.isEmpty ? "no check" : parts.joined(separator: " and ")
    }
}
