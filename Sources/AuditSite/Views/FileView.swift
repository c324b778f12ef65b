import AuditModel
import Templating

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

    static func all(_ run: Run, base: String) -> [FileView] {
        var files = [
            FileView(base: base, path: "run.json", note: "every figure of this page"),
            FileView(base: base, path: "users.csv", note: "every affected user"),
        ]
        for check in run.checks where (check.before ?? 0) > 0 {
            files.append(FileView(base: base, path: "findings/\(check.id).csv", note: (check.before ?? 0).of("row")))
        }
        for check in run.checks where (check.repaired ?? 0) != 0 && (run.mode == .fix || run.undoes != nil) {
            files.append(
                FileView(
                    base: base,
                    path: "repairs/\(check.id).csv",
                    note: "\(abs(check.repaired ?? 0).of("row")) \(run.repairedWords)"
                )
            )
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
