import AuditModel
import Templating
import Wording

/// A file of the run's record.
struct FileView: View {
    let base: String
    let path: String
    let note: String

    static let fields = Fields<FileView>([
        "href": .text { $0.base + $0.path },
        "path": .text { $0.path },
        "note": .text { $0.note },
    ])

    static func all(_ report: Report, base: String) -> [FileView] {
        let run = report.run
        var files = [
            FileView(base: base, path: "run.json", note: "every figure of this page"),
            FileView(base: base, path: "users.csv", note: "every affected user"),
        ]
        let checks = report.checks.map { CheckView(entry: $0, report: report, base: base) }
        for part in [\CheckView.left, \.ended, \.repairs] {
            files += checks.compactMap { $0[keyPath: part] }.compactMap { rows in
                rows.file.map { FileView(base: base, path: $0, note: rows.note) }
            }
        }
        for check in run.checks where (check.left ?? 0) > 0 {
            files.append(
                FileView(base: base, path: "left/\(check.id).csv", note: "\((check.left ?? 0).of("row")) that stay")
            )
        }
        for figures in run.users.figures {
            files.append(FileView(base: base, path: "figures/\(figures.statistic).csv", note: "figures of each user"))
        }
        return files
    }
}
