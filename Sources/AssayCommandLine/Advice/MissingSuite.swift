import FoundationEssentials
import Glibc

/// What is said when no suite is named: where one was looked for, and which there may be.
struct MissingSuite {
    /// The path of the configuration; nil when there is none.
    let configuration: String?

    var message: String {
        let here = FileManager.default.currentDirectoryPath
        let reason =
            configuration.map { "and \($0) has no `suite:`" } ?? "and there is no assay.yml in \(here) or above it"
        let nearby = Self.nearby
        let advice =
            nearby.isEmpty
            ? "Name its folder with --suite FOLDER, or with `suite: FOLDER` in assay.yml"
            : "Name it: " + nearby.map { "--suite \(PrintedCommand.quoted($0))" }.joined(separator: ", or ")
                + " (or `suite:` in assay.yml)"
        return
            "no suite is named, \(reason); nothing was done. \(advice). The one for the broadcast manager that comes "
            + "with the program is --suite \(SuiteSource.prefix)broadcast."
    }

    /// Folders with a `suite.yml`: this one, those above, those a few levels below; three at most.
    private static var nearby: [String] {
        func isSuite(_ folder: String) -> Bool { access("\(folder)/suite.yml", F_OK) == 0 }
        let above = [".", "..", "../.."].filter(isSuite)
        let below = folders(in: ".", depth: 3).filter(isSuite).map { String($0.dropFirst(2)) }
        return Array((above + below).prefix(3))
    }

    /// The folders below one, the nearest first, without hidden ones; a large tree is not searched to its end.
    private static func folders(in folder: String, depth: Int) -> [String] {
        var found: [String] = []
        var level = [folder]
        for _ in 0..<depth {
            level = level.flatMap { parent in
                let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
                return names.filter { !$0.hasPrefix(".") }.sorted().prefix(200).map { "\(parent)/\($0)" }.filter(
                    isFolder
                )
            }
            level = Array(level.prefix(500))
            found += level
        }
        return found
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
